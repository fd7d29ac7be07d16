package dev.codexlsp.exec.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Messages of one connection that have arrived and wait for their turn, still undecoded: as bytes
/// they are as large as they look.
///
/// While it is full the reader of the connection waits, and in the end the client does. It holds
/// many: a reader that waits does not notice the end of its connection.
final class RequestQueue {
  static final long BYTE_LIMIT = 32L * 1024 * 1024;

  /// About what the objects around a message take in memory.
  private static final long MESSAGE_COST = 200;

  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<Received> messages = new ArrayDeque<>();
  private long cost;
  private boolean ended;

  /// @param patience how long it may be full without anything being taken
  RequestQueue(Duration patience) {
    this.patience = patience;
  }

  /// What has arrived.
  ///
  /// @param message empty when there is a problem
  /// @param problem why it is no message; null when it may be one
  /// @param at when it arrived, by [System#nanoTime]
  record Received(ByteBuffer message, @Nullable String problem, long at) {
    static Received message(ByteBuffer message) {
      return new Received(message, null, System.nanoTime());
    }

    static Received problem(String problem) {
      return new Received(ByteBuffer.allocate(0), problem, System.nanoTime());
    }

    private long cost() {
      return MESSAGE_COST + message.remaining();
    }
  }

  /// Adds it when there is room. What is larger than the whole queue is taken alone.
  ///
  /// @throws IOException when there was none for too long, and nothing moved
  void put(Received received) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      int waiting = messages.size();
      while (!ended && cost > 0 && cost + received.cost() > BYTE_LIMIT) {
        if (left <= 0) {
          throw new IOException("no request was taken for " + patience.toSeconds() + " s");
        }
        left = changed.awaitNanos(left);
        if (messages.size() < waiting) {
          waiting = messages.size();
          left = patience.toNanos();
        }
      }
      messages.add(received);
      cost += received.cost();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
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
      cost -= next.cost();
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
