package dev.codexlsp.server;

import java.io.PrintStream;
import java.time.Duration;

/// Leaves nothing behind, however the process ends: `exit`, the end of the input, SIGTERM, SIGHUP,
/// the end of the client's process.
///
/// All of them meet in the JVM's shutdown sequence, and the work is done there. It has a hard
/// bound: what has not been closed by then is abandoned with the process.
final class ProcessEnd {
  static final Duration BOUND = Duration.ofSeconds(2);

  private ProcessEnd() {}

  /// Closes it when the process ends, on a thread of its own.
  ///
  /// @param err where failures are told; the JDK's logging may already have ended by then
  static void closes(AutoCloseable agent, PrintStream err) {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("end").unstarted(() -> close(agent, BOUND, err)));
  }

  /// Returns when it is closed, or when the bound is over; the JVM does not wait for daemons.
  static void close(AutoCloseable agent, Duration bound, PrintStream err) {
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name("closer")
            .start(() -> {
              try {
                agent.close();
              } catch (Exception failure) {
                err.println("codex-lsp: closing failed: " + failure);
              }
            });
    try {
      if (!closer.join(bound)) {
        err.println("codex-lsp: not closed within " + bound.toMillis() + " ms, giving up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
