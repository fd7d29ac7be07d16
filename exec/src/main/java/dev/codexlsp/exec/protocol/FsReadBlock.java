package dev.codexlsp.exec.protocol;

import java.nio.ByteBuffer;

/// Reads a piece of an open file.
public record FsReadBlock(String handleId, long offset, long len) {
  public FsReadBlock {
    Unsigned.check("offset", offset);
    Unsigned.check("len", len);
  }

  /// A piece, which is shorter than asked for only at the end.
  ///
  /// @param eof whether the file has no more than this
  public record Result(ByteBuffer chunk, boolean eof) {}
}
