package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Surroundings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs commands on this machine.
///
/// Making one is free: the way to start processes is chosen, once, by the first [#start]. The
/// foreign function interface takes some ten milliseconds to load, and a server that never runs a
/// command does not pay them.
public final class LocalBackend implements ExecBackend {
  private final Supplier<Launcher> choice;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable Launcher launcher;
  private boolean closed;

  /// @param drainGrace how long output is waited for after the exit of a command whose pipes are
  ///   still held open by a background child
  public LocalBackend(Duration drainGrace) {
    this(() -> Launcher.forThisSystem(drainGrace));
  }

  LocalBackend(Supplier<Launcher> choice) {
    this.choice = choice;
  }

  @Override
  public ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException {
    Launcher chosen = launcher();
    Path program = ProgramLookup.find(spec);
    return chosen.launch(program, spec);
  }

  @Override
  public FileSystem files() {
    throw new UnsupportedOperationException("files");
  }

  @Override
  public Surroundings surroundings() {
    throw new UnsupportedOperationException("surroundings");
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
  }
}
