package dev.codexlsp.exec.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Bytes of which the oldest go first, in pieces that are used again: what goes through it leaves
/// no garbage behind that has grown old, and it grows without a copy. Confined to its owner.
final class ByteQueue {
  private static final int SMALLEST_PIECE = 64;
  private static final int LARGEST_PIECE = 64 * 1024;

  /// All are full but the first, at its beginning, and the last, at its end.
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();

  /// Those that were emptied; there are no more of them than were ever needed.
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();

  /// How much of the first piece is used up, and how much of the last one is free.
  private int gone;

  private int free;

  private int size;
  private long capacity;

  int size() {
    return size;
  }

  /// What it costs.
  long capacity() {
    return capacity;
  }

  /// Appends what remains in the buffer, and leaves the buffer as it is.
  void add(ByteBuffer source) {
    ByteBuffer rest = source.slice();
    while (rest.hasRemaining()) {
      if (free == 0) {
        addPiece();
      }
      byte[] last = pieces.getLast();
      int length = Math.min(free, rest.remaining());
      rest.get(last, last.length - free, length);
      free -= length;
      size += length;
    }
  }

  /// As large as all that is here already, so that little stays empty.
  private void addPiece() {
    byte @Nullable [] piece = spare.poll();
    if (piece == null) {
      piece = new byte[Math.clamp(size, SMALLEST_PIECE, LARGEST_PIECE)];
      capacity += piece.length;
    }
    pieces.add(piece);
    free = piece.length;
  }

  /// A copy.
  ///
  /// @param offset from the oldest
  ByteBuffer copy(int offset, int length) {
    ByteBuffer copy = ByteBuffer.allocate(length);
    int skipped = gone + offset;
    for (byte[] piece : pieces) {
      if (!copy.hasRemaining()) {
        break;
      }
      if (skipped < piece.length) {
        copy.put(piece, skipped, Math.min(copy.remaining(), piece.length - skipped));
      }
      skipped = Math.max(0, skipped - piece.length);
    }
    return copy.flip();
  }

  /// Forgets the oldest.
  void drop(int length) {
    gone += length;
    size -= length;
    while (!pieces.isEmpty() && gone >= pieces.getFirst().length) {
      byte[] emptied = pieces.remove();
      gone -= emptied.length;
      spare.add(emptied);
    }
  }

  /// Forgets all, and gives the memory back.
  void clear() {
    pieces.clear();
    spare.clear();
    gone = 0;
    free = 0;
    size = 0;
    capacity = 0;
  }
}
