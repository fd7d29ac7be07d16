package dev.codexlsp.exec.protocol;

import java.nio.ByteBuffer;

/// Writes a piece of an open file.
public record FsWriteBlock(String handleId, long offset, ByteBuffer chunk) {
  public FsWriteBlock {
    Unsigned.check("offset", offset);
  }
}
