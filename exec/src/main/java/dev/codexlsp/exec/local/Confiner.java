package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.sandbox.Bubblewrap;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.FileAccess;
import dev.codexlsp.exec.sandbox.Landlock;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SeccompFilter;
import dev.codexlsp.exec.sandbox.UnconfinableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes of a command one that starts confined. Any thread may call it; it waits for the disk on
/// that thread, and never tries anything else than what it was asked for.
final class Confiner {
  /// Programs ask for it to know that trying is in vain.
  private static final String NO_NETWORK = "CODEX_SANDBOX_NETWORK_DISABLED";

  /// How often the disk is looked at when it changes under our eyes.
  private static final int LOOKS = 3;

  private static final int ARGUMENTS_FD = Wrapping.FIRST_FD;
  private static final int FILTER_FD = ARGUMENTS_FD + 1;
  private static final int STATUS_FD = FILTER_FD + 1;

  /// Waits for a line, and goes on as what follows, with the variables that come first of it.
  private static final String GATE =
      "read -r go <&%1$d || exit 126; PATH=/usr/bin:/bin; exec %1$d<&- env -i -- \"$@\""
          .formatted(Wrapping.FIRST_FD);

  private final List<Path> own = OwnFiles.find();
  private final Map<Kind, byte[]> filters = new ConcurrentHashMap<>();
  private final MountPoints mountPoints = new MountPoints();
  private final DiskFacts disk;

  /// What a filter depends on.
  private record Kind(Network network, Rung rung) {}

  /// @param environment of this process
  Confiner(Map<String, String> environment) {
    disk = new DiskFacts(environment, mountPoints);
  }

  /// What of the files of this machine may be touched under the limits.
  FileAccess files(Confinement given) {
    Confinement real = RealPaths.of(given, own);
    return FileAccess.of(real, List.copyOf(disk.untouchable(FileAccess.of(real), real)));
  }

  /// Prepares a start through bubblewrap.
  ///
  /// @param bubblewrap the program
  /// @return to be started, or its lease to be given back
  Wrapping wrap(ProcessSpec spec, Confinement given, Path bubblewrap)
      throws SandboxUnavailableException {
    refuseAnotherName(spec);
    Confinement real = RealPaths.of(given, own);
    List<String> argv = argv(spec, bubblewrap);
    byte[] filter = filter(real, Rung.BUBBLEWRAP);
    Bubblewrap.Command command =
        new Bubblewrap.Command(spec.directory(), environment(spec, real), FILTER_FD, STATUS_FD);
    try {
      for (int look = 1; look <= LOOKS; look++) {
        Bubblewrap.Arguments arguments = Bubblewrap.arguments(real, disk.gather(real), command);
        MountPoints.@Nullable Lease lease = mountPoints.take(arguments.mountPoints());
        if (lease != null) {
          return new Wrapping.Keeper(
              bubblewrap, argv, List.of(joined(arguments.words()), filter), lease);
        }
      }
      throw new SandboxUnavailableException("protected paths come and go: " + spec.directory());
    } catch (UnconfinableException failure) {
      throw new SandboxUnavailableException(String.valueOf(failure.getMessage()), failure);
    } catch (IOException failure) {
      throw new SandboxUnavailableException(
          "cannot keep a missing path from being made: " + failure.getMessage(), failure);
    }
  }

  /// Prepares a start by a thread that has restricted itself.
  ///
  /// @return to be started, or dropped
  Wrapping restrict(ProcessSpec spec, Confinement given)
      throws SandboxUnavailableException, InterruptedException {
    refuseAnotherName(spec);
    if (spec.argv().getFirst().contains("=")) {
      throw new SandboxUnavailableException("landlock: no command whose name holds =");
    }
    Path shell = SystemPrograms.require("sh");
    Confinement real = RealPaths.of(given, own);
    byte[] filter = filter(real, Rung.LANDLOCK);
    LandlockCalls calls = LandlockCalls.load();
    try {
      Map<Path, Landlock.Right> allowed = disk.readable(real);
      Ruleset rules = Ruleset.of(calls, allowed, real.hasNetwork());
      return new Wrapping.Gated(shell, gated(spec, real), rules, ByteBuffer.wrap(filter));
    } catch (UnconfinableException failure) {
      throw new SandboxUnavailableException(String.valueOf(failure.getMessage()), failure);
    }
  }

  /// The shell that waits begins with nothing of the command's environment, as it must do as it is
  /// told until the line has come; then it becomes `env`, and that the command.
  private static List<String> gated(ProcessSpec spec, Confinement confinement) {
    List<String> argv = new ArrayList<>(List.of("sh", "-c", GATE, "sh"));
    new TreeMap<>(environment(spec, confinement))
        .forEach((name, value) -> argv.add(name + "=" + value));
    argv.addAll(spec.argv());
    return argv;
  }

  private static void refuseAnotherName(ProcessSpec spec) throws SandboxUnavailableException {
    if (spec.arg0() != null && !spec.arg0().equals(spec.argv().getFirst())) {
      throw new SandboxUnavailableException("a confined command cannot be given another name");
    }
  }

  private static Map<String, String> environment(ProcessSpec spec, Confinement confinement) {
    Map<String, String> variables = new HashMap<>(spec.environment());
    if (!confinement.hasNetwork()) {
      variables.put(NO_NETWORK, "1");
    }
    return variables;
  }

  private byte[] filter(Confinement confinement, Rung rung) throws SandboxUnavailableException {
    String processor = System.getProperty("os.arch");
    SeccompFilter.@Nullable Machine machine = SeccompFilter.Machine.of(processor);
    if (machine == null) {
      throw new SandboxUnavailableException("no filter of system calls for " + processor);
    }
    return filters.computeIfAbsent(
        new Kind(confinement.profile().network(), rung),
        kind -> SeccompFilter.program(machine, kind.network(), kind.rung()));
  }

  private static List<String> argv(ProcessSpec spec, Path bubblewrap)
      throws SandboxUnavailableException {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of(bubblewrap.toString(), "--args", Integer.toString(ARGUMENTS_FD), "--"));
    switch (spec.stdio()) {
      case Stdio.Pipes _ -> {}
      // Makes the terminal the controlling one of a session that only the command is in: a signal
      // from the keyboard must not end bubblewrap, with which all ends.
      case Stdio.Terminal _ ->
          argv.addAll(List.of(SystemPrograms.require("setsid").toString(), "-c"));
    }
    argv.addAll(spec.argv());
    return argv;
  }

  /// Each ended by a NUL.
  private static byte[] joined(List<String> words) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (String word : words) {
      joined.writeBytes(word.getBytes(StandardCharsets.UTF_8));
      joined.write(0);
    }
    return joined.toByteArray();
  }

  /// Nothing runs any more.
  void close() {
    mountPoints.close();
  }
}
