package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ProcessStart;
import java.util.function.Consumer;

/// Hears what happens in a server, for telemetry. Each begin hands out what hears the end, exactly
/// once. Called on whatever thread it happens, and must neither wait nor throw.
public interface ExecObserver {
  /// Hears nothing.
  ExecObserver NONE = new ExecObserver() {};

  /// How a request ended.
  enum Outcome {
    SUCCESS,
    ERROR,

    /// The connection ended first.
    DISCONNECTED
  }

  /// How a process ended. Only the first reason counts.
  enum Completion {
    /// By itself, with exit code 0.
    SUCCESS,

    /// By itself, with another exit code.
    ERROR,

    /// Somebody wanted it to: the client, the end of its session, or the end of the server.
    TERMINATED
  }

  /// A connection begins.
  default Runnable connected(Peer.Transport transport) {
    return () -> {};
  }

  /// A request has reached the head of the queue; what hears its end is told when the answer has
  /// been handed to the connection.
  ///
  /// @param receivedAt when it arrived, by [System#nanoTime]
  default Consumer<Outcome> admitted(ExecMessage.Request request, long receivedAt) {
    return outcome -> {};
  }

  /// A process runs.
  default Consumer<Completion> started(ProcessStart start) {
    return completion -> {};
  }
}
