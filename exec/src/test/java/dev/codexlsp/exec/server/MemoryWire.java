package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A connection without a network: the server's end is the channel, a test is at the other.
final class MemoryWire implements ExecChannel {
  private static final ByteBuffer END = ByteBuffer.allocate(0);
  private static final long POLL_MILLIS = 5;

  private final BlockingQueue<ByteBuffer> toServer = new LinkedBlockingQueue<>();
  private final BlockingQueue<ByteBuffer> toClient;
  private final AtomicInteger senders = new AtomicInteger();
  private final AtomicInteger mostSenders = new AtomicInteger();
  private volatile boolean closed;

  /// What its close waits for, as one of a bad connection may.
  private final CountDownLatch closing;

  MemoryWire() {
    this(Integer.MAX_VALUE);
  }

  /// @param capacity how many messages lie on the way to the client before the server has to wait
  MemoryWire(int capacity) {
    this(capacity, new CountDownLatch(0));
  }

  /// @param closing what [#close] waits for
  MemoryWire(CountDownLatch closing) {
    this(Integer.MAX_VALUE, closing);
  }

  private MemoryWire(int capacity, CountDownLatch closing) {
    toClient = new LinkedBlockingQueue<>(capacity);
    this.closing = closing;
  }

  @Override
  public void send(ByteBuffer message) throws IOException, InterruptedException {
    mostSenders.accumulateAndGet(senders.incrementAndGet(), Math::max);
    try {
      while (!closed) {
        if (toClient.offer(message, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      throw new IOException("closed");
    } finally {
      senders.decrementAndGet();
    }
  }

  @Override
  public @Nullable ByteBuffer receive() throws InterruptedException {
    while (true) {
      ByteBuffer message = toServer.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (message != null) {
        return message.hasRemaining() ? message : null;
      }
      if (closed) {
        return null;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      closing.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /// As the client does it.
  void put(ByteBuffer message) {
    toServer.add(message);
  }

  /// The client is gone.
  void cut() {
    toServer.add(END);
  }

  /// The next message for the client; null when there is none within the time.
  @Nullable ByteBuffer take(long millis) throws InterruptedException {
    return toClient.poll(millis, TimeUnit.MILLISECONDS);
  }

  /// How many messages the server has not taken.
  int untaken() {
    return toServer.size();
  }

  int unread() {
    return toClient.size();
  }

  /// How many messages the server had to send at once, at most.
  int mostSenders() {
    return mostSenders.get();
  }
}
