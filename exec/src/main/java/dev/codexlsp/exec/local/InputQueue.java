package dev.codexlsp.exec.local;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a process is to read, on its way from any thread to the one that fills its pipe. Writers
/// wait, in Java, while [#LIMIT] bytes or [#PIECES] pieces lie here.
final class InputQueue {
  static final int LIMIT = 256 * 1024;

  /// Against a writer of single bytes: each of them is an object here.
  static final int PIECES = 256;

  private final Runnable filled;

  /// One writer after the other, so that what one call brings stays together.
  private final ReentrantLock turn = new ReentrantLock(true);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition arrived = lock.newCondition();

  // Guarded by lock; empty is written under it and may be read without.
  private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>();
  private int unwritten;
  private boolean closed;
  private volatile boolean empty = true;

  /// @param filled called on the writer's thread, outside the lock, when there is something where
  ///   there was nothing; must not wait
  InputQueue(Runnable filled) {
    this.filled = filled;
  }

  /// Adds a copy of all of it. Dropped when the queue is closed, also what is left of it then.
  void write(ByteBuffer bytes) throws InterruptedException {
    ByteBuffer rest = bytes.duplicate();
    turn.lockInterruptibly();
    try {
      while (rest.hasRemaining() && addSome(rest)) {
        // As much as there is room for, each time.
      }
    } finally {
      turn.unlock();
    }
  }

  private boolean addSome(ByteBuffer rest) throws InterruptedException {
    boolean first;
    lock.lockInterruptibly();
    try {
      while (!closed && (unwritten == LIMIT || pieces.size() == PIECES)) {
        room.await();
      }
      if (closed) {
        return false;
      }
      byte[] piece = new byte[Math.min(rest.remaining(), LIMIT - unwritten)];
      rest.get(piece);
      pieces.add(ByteBuffer.wrap(piece));
      unwritten += piece.length;
      first = empty;
      empty = false;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    if (first) {
      filled.run();
    }
    return true;
  }

  boolean isEmpty() {
    return empty;
  }

  /// The oldest bytes, which stay here until they are [taken][#taken]; null when there are none.
  /// Only the thread that fills the pipe calls these three.
  @Nullable ByteBuffer first() {
    lock.lock();
    try {
      return pieces.peek();
    } finally {
      lock.unlock();
    }
  }

  /// The position of the first buffer has moved on by so many bytes.
  void taken(int count) {
    lock.lock();
    try {
      unwritten -= count;
      @Nullable ByteBuffer first = pieces.peek();
      if (first != null && !first.hasRemaining()) {
        pieces.remove();
      }
      empty = pieces.isEmpty();
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the oldest bytes and takes them; null after the end.
  @Nullable ByteBuffer take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && pieces.isEmpty()) {
        arrived.await();
      }
      @Nullable ByteBuffer first = pieces.poll();
      if (first != null) {
        unwritten -= first.remaining();
        empty = pieces.isEmpty();
        room.signal();
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /// The process reads no more: what is here and what comes is dropped, and nobody waits.
  void close() {
    lock.lock();
    try {
      closed = true;
      pieces.clear();
      unwritten = 0;
      empty = true;
      room.signalAll();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
