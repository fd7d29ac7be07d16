package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.SystemError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One way to start processes, and the owner of all that it started. Any thread may call it.
interface Launcher extends AutoCloseable {
  /// How long a process group may live on after TERM before KILL ends it.
  Duration TERMINATE_GRACE = Duration.ofMillis(500);

  /// The most that Linux takes as arguments and environment together, in bytes.
  int MOST_ARGUMENTS = 6 * 1024 * 1024;

  /// Of the name of a program, in a message.
  int MOST_SHOWN = 200;

  /// How long [#close] waits for what it killed. The server must be gone within 2 s in all.
  Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  /// Starts a command.
  ///
  /// @param program the file to execute, found already
  default ExecProcess launch(Path program, ProcessSpec spec)
      throws ExecException, InterruptedException {
    return launch(program, spec, null);
  }

  /// Starts a command that may be confined.
  ///
  /// @param wrapping how it is confined, whose lease is given back at the end, even if the command
  ///   never runs; null for a command without limits
  ExecProcess launch(Path program, ProcessSpec spec, @Nullable Wrapping wrapping)
      throws ExecException, InterruptedException;

  /// Kills every group that is alive and waits for the end of it, [#CLOSE_LIMIT] at most. Processes
  /// that could not be seen to end by then are told as killed all the same.
  @Override
  void close();

  /// The best one that this system can carry.
  ///
  /// @param drainGrace how long output is read on after the exit while somebody holds a pipe open
  static Launcher forThisSystem(Duration drainGrace) {
    @Nullable Libc libc = System.getProperty("os.name").equals("Linux") ? Libc.load() : null;
    if (libc != null) {
      return new PosixLauncher(libc, drainGrace);
    }
    System.getLogger(Launcher.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "commands have no session of their own, no terminal and no lifeline on this system");
    return new JdkLauncher(drainGrace);
  }

  /// Refuses what the kernel would refuse for its length anyhow, so that whoever asks for too much
  /// pays for it, and not the thread that serves all.
  static void checkLength(ProcessSpec spec) throws ExecException {
    long length = 0;
    for (String argument : spec.argv()) {
      length += argument.length();
    }
    for (Map.Entry<String, String> variable : spec.environment().entrySet()) {
      length += variable.getKey().length() + variable.getValue().length();
    }
    if (length > MOST_ARGUMENTS) {
      String name = spec.argv().getFirst();
      String shown = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "..." : name;
      throw new ExecException(
          "cannot start " + shown + ": argument list too long", SystemError.ARGUMENTS_TOO_LONG);
    }
  }

  /// What a start is told when the launcher is closed, or closes meanwhile.
  static ExecException refusal() {
    return new ExecException("commands are not accepted any more: the backend is closed");
  }
}
