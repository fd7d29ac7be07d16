package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessSpec;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One way to start processes, and the owner of all that it started. Any thread may call it.
interface Launcher extends AutoCloseable {
  /// How long a process group may live on after TERM before KILL ends it.
  Duration TERMINATE_GRACE = Duration.ofMillis(500);

  /// How long [#close] waits for what it killed. The server must be gone within 2 s in all.
  Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  /// Starts a command.
  ///
  /// @param program the file to execute, found already
  ExecProcess launch(Path program, ProcessSpec spec) throws ExecException, InterruptedException;

  /// Kills every group that is alive and waits for the end of it, [#CLOSE_LIMIT] at most. Processes
  /// that could not be seen to end by then are told as killed all the same.
  @Override
  void close();

  /// The best one that this system can carry.
  ///
  /// @param drainGrace how long output is read on after the exit while somebody holds a pipe open
  static Launcher forThisSystem(Duration drainGrace) {
    @Nullable Libc libc = System.getProperty("os.name").equals("Linux") ? Libc.load() : null;
    return libc == null ? new JdkLauncher(drainGrace) : new PosixLauncher(libc, drainGrace);
  }

  /// What a start is told when the launcher is closed, or closes meanwhile.
  static ExecException refusal() {
    return new ExecException("commands are not accepted any more: the backend is closed");
  }
}
