package dev.codexlsp.exec.protocol;

import java.nio.ByteBuffer;

/// Gives a process something to read.
///
/// @param writeId the same bytes with the same id are written once, however often they arrive
public record ProcessWrite(String processId, ByteBuffer chunk, String writeId) {

  public record Result(Status status) {}

  /// What became of the bytes.
  public enum Status {
    ACCEPTED,
    UNKNOWN_PROCESS,

    /// The process has no input to write to.
    STDIN_CLOSED,

    STARTING
  }
}
