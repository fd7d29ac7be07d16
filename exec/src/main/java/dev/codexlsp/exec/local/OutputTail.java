package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// The last of what a confined command wrote, to guess from why it failed. Owned by the launcher's
/// thread.
final class OutputTail {
  static final int BYTES = 64 * 1024;

  /// Twice as long, so that it is not moved for every chunk.
  private byte[] kept = new byte[1024];

  private int length;

  void add(byte[] bytes) {
    int from = Math.max(0, bytes.length - BYTES);
    int count = bytes.length - from;
    if (length + count > kept.length) {
      makeRoom(count);
    }
    System.arraycopy(bytes, from, kept, length, count);
    length += count;
  }

  private void makeRoom(int count) {
    int rest = Math.min(length, BYTES);
    byte[] larger = new byte[Math.min(2 * BYTES, 2 * (rest + count))];
    System.arraycopy(kept, length - rest, larger, 0, rest);
    kept = larger;
    length = rest;
  }

  /// A character for each byte: what is looked for is ASCII.
  String text() {
    int from = Math.max(0, length - BYTES);
    return new String(kept, from, length - from, ISO_8859_1);
  }
}
