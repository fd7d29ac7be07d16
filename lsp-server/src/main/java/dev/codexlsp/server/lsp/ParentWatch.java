package dev.codexlsp.server.lsp;

import java.time.Duration;
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

  void start(long processId) {
    ProcessHandle.of(processId)
        .ifPresentOrElse(
            parent -> Thread.ofVirtual().name("parent-watch").start(() -> watch(parent)),
            () -> LOG.log(Level.INFO, "process {0} cannot be seen, not watched", processId));
  }

  private void watch(ProcessHandle parent) {
    try {
      while (parent.isAlive()) {
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    LOG.log(Level.WARNING, "the client''s process {0} has ended", String.valueOf(parent.pid()));
    whenGone.run();
  }
}
