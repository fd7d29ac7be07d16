package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.ProcessEvent.Stream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what the server has kept of a process's output.
///
/// @param afterSeq the last number that is known already
/// @param maxBytes whole chunks up to this sum, but at least one; null for all
/// @param waitMs how long to wait when there is nothing
public record ProcessRead(
    String processId, @Nullable Long afterSeq, @Nullable Long maxBytes, @Nullable Long waitMs) {
  public ProcessRead {
    Unsigned.check("afterSeq", afterSeq);
    Unsigned.check("maxBytes", maxBytes);
    Unsigned.check("waitMs", waitMs);
  }

  /// What was kept, and how the process is.
  ///
  /// @param nextSeq where to go on; it counts the numbers of exit and close too
  /// @param failure why the process is lost, if it is
  /// @param sandboxDenied see [ProcessExited]
  public record Result(
      List<Chunk> chunks,
      long nextSeq,
      boolean exited,
      @Nullable Integer exitCode,
      boolean closed,
      @Nullable String failure,
      @Nullable Boolean sandboxDenied) {}

  public record Chunk(long seq, Stream stream, ByteBuffer chunk) {}
}
