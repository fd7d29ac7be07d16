package dev.codexlsp.exec;

import java.nio.ByteBuffer;

/// What happened to a process. One number sequence, beginning with 1, runs over all events of a
/// process; it is the order in which the consumer sees them.
public sealed interface ProcessEvent {

  long sequence();

  /// Where a chunk of output came from.
  enum Stream {
    STDOUT,
    STDERR
  }

  /// Bytes that the process wrote. The buffer belongs to the consumer; it is cut wherever a read
  /// ended, so a character may be split between two of them.
  record Output(long sequence, Stream stream, ByteBuffer bytes) implements ProcessEvent {}

  /// The process itself has ended; output of its children may still follow. An end by signal N is
  /// told as 128 + N, one that nobody saw as -1.
  record Exited(long sequence, int exitCode) implements ProcessEvent {}

  /// The last event.
  ///
  /// @param outputComplete false when the exit was seen but somebody (a background child) still
  ///   held an output pipe open after the grace period, so later output was not read
  record Closed(long sequence, boolean outputComplete) implements ProcessEvent {}
}
