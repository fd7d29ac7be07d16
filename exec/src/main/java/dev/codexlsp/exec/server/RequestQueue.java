package dev.codexlsp.exec.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Messages of one connection that have arrived and wait for their turn, still undecoded: as bytes
/// they are as large as they look.
///
/// While it is full the reader of the connection waits, and in the end the client does.
final class RequestQueue {
  static final int MESSAGE_LIMIT = 128;

  /// A larger message is taken alone.
  static final long BYTE_LIMIT = 32L * 1024 * 1024;

  /// A message, and when it arrived by [System#nanoTime].
  record Received(ByteBuffer message, long at) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<Received> messages = new ArrayDeque<>();
  private long bytes;
  private boolean ended;

  void put(ByteBuffer message) throws InterruptedException {
    Received received = new Received(message, System.nanoTime());
    lock.lockInterruptibly();
    try {
      while (!ended && isFull(message.remaining())) {
        changed.await();
      }
      messages.add(received);
      bytes += message.remaining();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull(int more) {
    return messages.size() >= MESSAGE_LIMIT || (bytes > 0 && bytes + more > BYTE_LIMIT);
  }

  /// Waits for the next message; null when there will be none any more.
  @Nullable Received take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended && messages.isEmpty()) {
        changed.await();
      }
      @Nullable Received next = messages.poll();
      if (next == null || ended) {
        return null;
      }
      bytes -= next.message().remaining();
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// What waits here is dropped: nobody could be answered.
  void end() {
    lock.lock();
    try {
      ended = true;
      messages.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
