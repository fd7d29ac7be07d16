package dev.codexlsp.exec.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Pieces of memory for what is kept of outputs. Who gives one back leaves it for the next who
/// needs one: as garbage it would lie about until the heap is full, since it has grown old. Any
/// thread may call it.
final class Pieces {
  static final int BYTES = 64 * 1024;

  /// What lies here has been in use before, at one time.
  static final int LIMIT = 1024;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final ArrayDeque<byte[]> unused = new ArrayDeque<>();

  /// Its content is anybody's.
  byte[] take() {
    byte @Nullable [] piece;
    lock.lock();
    try {
      piece = unused.poll();
    } finally {
      lock.unlock();
    }
    return piece == null ? new byte[BYTES] : piece;
  }

  /// Takes those that are whole, as long as there is room.
  void giveBack(Queue<byte[]> pieces) {
    lock.lock();
    try {
      pieces.stream()
          .filter(piece -> piece.length == BYTES)
          .limit(LIMIT - unused.size())
          .forEach(unused::add);
    } finally {
      lock.unlock();
    }
  }
}
