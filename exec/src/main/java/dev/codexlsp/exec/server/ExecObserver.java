package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.sandbox.Rung;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hears what happens in a server, for telemetry. Each begin hands out what hears the end. Called
/// on whatever thread it happens, and must neither wait nor throw.
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

  /// What hears how a process goes on.
  interface RunningProcess {
    /// Hears nothing.
    RunningProcess UNHEARD = new RunningProcess() {};

    /// It is settled how the process ends, once.
    default void completed(Completion how) {}

    /// The process has ended, once; nothing is heard of it when nobody can ask for it any more.
    ///
    /// @param terminationWanted whether somebody had wanted it to end
    default void exited(int exitCode, boolean terminationWanted) {}
  }

  /// A connection begins. Its end may be told more than once.
  default Runnable connected(Peer.Transport transport) {
    return () -> {};
  }

  /// A request has reached the head of the queue; what hears its end is told when the answer has
  /// been handed to the connection, on the same thread, and what happens on this thread in between
  /// happens for the request.
  ///
  /// @param receivedAt when it arrived, by [System#nanoTime]
  default Consumer<Outcome> admitted(ExecMessage.Request request, long receivedAt) {
    return outcome -> {};
  }

  /// A process runs.
  ///
  /// @param rung what confines it; null for nothing
  default RunningProcess started(ProcessStart start, @Nullable Rung rung) {
    return RunningProcess.UNHEARD;
  }

  /// A process could not be started.
  default void failed(ProcessStart start) {}
}
