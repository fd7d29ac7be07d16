package dev.codexlsp.exec.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Moves bytes between files and memory in pieces: the JDK keeps a copy outside the heap, as large
/// as the largest piece that a thread has ever moved.
final class FileBytes {
  private static final int PIECE = 128 * 1024;
  private static final int SMALLEST = 8 * 1024;

  private FileBytes() {}

  /// Reads up to the length, less at the end of the file only.
  static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    fill(channel, offset, bytes);
    return bytes.flip();
  }

  /// Reads the whole file. Its size is a hint only: files that the kernel makes up say 0, and
  /// others may grow. Returns one byte more than the limit when there is more.
  static ByteBuffer readWhole(FileChannel channel, int limit) throws IOException {
    int guess = Math.clamp(channel.size(), SMALLEST, limit);
    // One byte more, so that the end is seen without growing.
    ByteBuffer bytes = ByteBuffer.allocate(guess + 1);
    while (fill(channel, bytes.position(), bytes) && bytes.position() <= limit) {
      int larger = (int) Math.min(2L * bytes.capacity(), limit + 1L);
      bytes = ByteBuffer.allocate(larger).put(bytes.flip());
    }
    return bytes.flip();
  }

  /// Returns false when the file ended before the buffer was full.
  private static boolean fill(FileChannel channel, long offset, ByteBuffer bytes)
      throws IOException {
    long at = offset;
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + PIECE));
      int count = channel.read(bytes, at);
      bytes.limit(end);
      if (count < 0) {
        return false;
      }
      at += count;
    }
    return true;
  }

  /// Writes all, and returns where it ended.
  static long write(FileChannel channel, long offset, ByteBuffer bytes) throws IOException {
    long at = offset;
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + PIECE));
      at += channel.write(bytes, at);
      bytes.limit(end);
    }
    return at;
  }
}
