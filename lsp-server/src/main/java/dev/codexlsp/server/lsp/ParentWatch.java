package dev.codexlsp.server.lsp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Ends the server when the process that the client named has ended.
///
/// The JDK's own way, `onExit`, asks ever more rarely about a process that is not our child, down
/// to once in five seconds; this one asks steadily. A process that cannot be seen, because one of
/// us lives in a container, is not watched: the end of our input is then the only sign.
public final class ParentWatch {
  private static final Logger LOG = Logger.getLogger(ParentWatch.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Runnable whenGone;

  /// @param whenGone called once, on the watch's own thread
  public ParentWatch(Runnable whenGone) {
    this.whenGone = whenGone;
  }

  /// Looks the process up now, so that it cannot end unseen between the client's word and the
  /// watch; the watch itself begins when the result is run.
  Runnable over(long processId) {
    Optional<ProcessHandle> parent = ProcessHandle.of(processId);
    if (parent.isEmpty()) {
      return () -> LOG.log(Level.INFO, "process {0} cannot be seen, not watched", id(processId));
    }
    return () -> Thread.ofVirtual().name("parent-watch").start(() -> watch(parent.get()));
  }

  private void watch(ProcessHandle parent) {
    try {
      while (parent.isAlive() && !isZombie(parent)) {
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    LOG.log(Level.WARNING, "the client''s process {0} has ended", id(parent.pid()));
    whenGone.run();
  }

  /// One that has ended and that its own parent has not noticed yet, as in a container without an
  /// init. Elsewhere than on Linux nobody can tell.
  private static boolean isZombie(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", id(process.pid()), "stat"), ISO_8859_1);
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException unknown) {
      return false;
    }
  }

  /// The number as it is, without the separators that a log record would put into it.
  private static String id(long processId) {
    return Long.toString(processId);
  }
}
