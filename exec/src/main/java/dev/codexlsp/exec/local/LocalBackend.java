package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.Surroundings;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SandboxReport;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs commands on this machine.
///
/// Making one is free: the way to start processes is chosen, once, by the first [#start]. The
/// foreign function interface takes some ten milliseconds to load, and a server that never runs a
/// command does not pay them.
public final class LocalBackend implements ExecBackend {
  private static final Path USERS = Path.of("/etc/passwd");

  private final Supplier<Launcher> choice;
  private final Map<String, String> environment;
  private final LocalSandbox sandbox;
  private final FileSystem files = new LocalFiles();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable Launcher launcher;
  private boolean closed;

  /// @param drainGrace how long output is waited for after the exit of a command whose pipes are
  ///   still held open by a background child
  /// @param environment of this process: what it says of the user's shell and home is believed
  public LocalBackend(Duration drainGrace, Map<String, String> environment) {
    this(drainGrace, environment, List.of(Rung.values()));
  }

  /// @param ladder the only rungs that commands may be confined by, the best first
  public LocalBackend(Duration drainGrace, Map<String, String> environment, List<Rung> ladder) {
    this(() -> Launcher.forThisSystem(drainGrace), environment, ladder);
  }

  LocalBackend(Supplier<Launcher> choice, Map<String, String> environment, List<Rung> ladder) {
    this.choice = choice;
    this.environment = Map.copyOf(environment);
    sandbox = new LocalSandbox(this.environment, ladder, this::start);
  }

  @Override
  public ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException {
    if (spec.inherited() != null) {
      throw new IllegalArgumentException("a command on this machine inherits nothing");
    }
    Launcher.checkLength(spec);
    Launcher chosen = launcher();
    Path program = ProgramLookup.find(spec);
    ProcessSpec full = spec.stdio() instanceof Stdio.Terminal ? withShell(spec) : spec;
    return spec.sandbox() == null ? chosen.launch(program, full) : sandbox.start(full);
  }

  /// What is prepared is no command of the user any more, so it needs no look-up.
  private ExecProcess start(ProcessSpec spec, Wrapping wrapping)
      throws ExecException, InterruptedException {
    return launcher().launch(wrapping.program(), spec, wrapping);
  }

  @Override
  public void prepareSandbox() {
    sandbox.prepare();
  }

  /// How commands can be confined here; found out once.
  public SandboxReport sandboxReport() throws InterruptedException {
    return sandbox.report();
  }

  /// Programs at a terminal take it for granted that they are told the user's shell.
  private ProcessSpec withShell(ProcessSpec spec) {
    Map<String, String> variables = new HashMap<>(spec.environment());
    variables.computeIfAbsent("SHELL", _ -> shell().toString());
    return new ProcessSpec(spec.argv(), spec.arg0(), spec.directory(), variables, spec.stdio())
        .within(spec.sandbox());
  }

  private Path shell() {
    return ShellLookup.find(environment, USERS, System.getProperty("user.name"));
  }

  @Override
  public FileSystem files() {
    return files;
  }

  @Override
  public FileSystem files(@Nullable Confinement sandbox) {
    return sandbox == null ? files : this.sandbox.files(sandbox);
  }

  @Override
  public Surroundings surroundings() {
    return new Surroundings(shell(), Path.of("").toAbsolutePath(), home(), system());
  }

  private Path home() {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.startsWith("/") ? home : System.getProperty("user.home"));
  }

  private static @Nullable String system() {
    String name = System.getProperty("os.name");
    if (name.equals("Linux")) {
      return "linux";
    }
    return name.startsWith("Mac") ? "macos" : null;
  }

  private Launcher launcher() throws ExecException {
    lock.lock();
    try {
      if (closed) {
        throw Launcher.refusal();
      }
      if (launcher == null) {
        launcher = choice.get();
      }
      return launcher;
    } catch (UncheckedIOException failure) {
      throw new ExecException("cannot start commands: " + failure.getMessage(), failure);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    @Nullable Launcher chosen;
    lock.lock();
    try {
      closed = true;
      chosen = launcher;
    } finally {
      lock.unlock();
    }
    if (chosen != null) {
      chosen.close();
    }
    sandbox.close();
  }
}
