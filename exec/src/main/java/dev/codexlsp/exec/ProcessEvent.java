package dev.codexlsp.exec;

import java.nio.ByteBuffer;

/// What happened to a process. One number sequence, beginning with 1, runs over all events of a
/// process; it is the order in which the consumer sees them.
public sealed interface ProcessEvent {

  long sequence();

  /// Where a chunk of output came from.
  enum Stream {
    STDOUT,
    STDERR,

    /// The terminal of the process: both, as they come.
    PTY
  }

  /// After this event nothing follows.
  sealed interface Last extends ProcessEvent {}

  /// Bytes that the process wrote. The buffer belongs to the consumer; it is cut wherever a read
  /// ended, so a character may be split between two of them.
  record Output(long sequence, Stream stream, ByteBuffer bytes) implements ProcessEvent {}

  /// The process itself has ended; output of its children may still follow.
  ///
  /// @param exitCode an end by signal N is told as 128 + N, at a terminal as 1; one that nobody saw
  ///   as -1
  /// @param sandboxDenied whether the command failed because its sandbox did not let it
  record Exited(long sequence, int exitCode, boolean sandboxDenied) implements ProcessEvent {}

  /// The usual last event.
  ///
  /// @param outputComplete false when the exit was seen but somebody (a background child) still
  ///   held an output pipe open after the grace period, so later output was not read; or when the
  ///   consumer was so slow, or the connection away for so long, that another place did not retain
  ///   all of it
  record Closed(long sequence, boolean outputComplete) implements Last {}

  /// The command has not run at all, as its sandbox could not be built when it was to. What was
  /// written until then are the words of the program that builds it. It is not that the sandbox has
  /// denied something, and wider limits are not tried.
  ///
  /// @param reason begins as a [SandboxUnavailableException] does
  record NeverRan(long sequence, String reason) implements Last {}

  /// The process is out of reach, and what became of it is not known: the place where it ran is
  /// lost. Never told by a backend on this machine.
  ///
  /// @param reason lower case, for the model and for the user
  record Lost(long sequence, String reason) implements Last {}
}
