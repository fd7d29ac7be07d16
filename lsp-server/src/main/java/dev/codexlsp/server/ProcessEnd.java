package dev.codexlsp.server;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Leaves nothing behind, however the process ends: `exit`, the end of the input, SIGTERM, SIGHUP,
/// the end of the client's process.
///
/// All of them meet in the JVM's shutdown sequence, and the work is done there. It has a hard
/// bound: what has not been closed by then is abandoned with the process.
final class ProcessEnd {
  static final Duration BOUND = Duration.ofSeconds(2);

  private static final Logger LOG = Logger.getLogger(ProcessEnd.class.getName());

  private ProcessEnd() {}

  /// Closes it when the process ends, on a thread of its own.
  static void closes(AutoCloseable agent) {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("end").unstarted(() -> close(agent, BOUND)));
  }

  /// Returns when it is closed, or when the bound is over; the JVM does not wait for daemons.
  static void close(AutoCloseable agent, Duration bound) {
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name("closer")
            .start(() -> {
              try {
                agent.close();
              } catch (Exception failure) {
                LOG.log(Level.SEVERE, "closing failed", failure);
              }
            });
    try {
      if (!closer.join(bound)) {
        LOG.log(Level.SEVERE, "not closed within {0}, giving up", bound);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
