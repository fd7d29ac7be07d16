package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.LineChannel;
import dev.codexlsp.exec.protocol.MessageTooLongException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The standard streams of this process as a connection.
///
/// Two platform threads belong to it, one for each stream: whoever waits in a pipe pins the carrier
/// of a virtual thread, and nothing wakes it. So nobody else touches the streams, [#close] only
/// leaves them alone, and the threads, which may still wait then, end with the process. No more
/// than [#UNSENT_LIMIT] bytes, or one message, wait for the client to read, and no more than one
/// message is read ahead.
public final class StdioChannel implements ExecChannel {
  static final int UNSENT_LIMIT = 1024 * 1024;

  private final LineChannel lines;

  /// One permit per byte; fair, so that one busy process does not hold the answers back.
  private final Semaphore unsent = new Semaphore(UNSENT_LIMIT, true);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<ByteBuffer> toSend = new ArrayDeque<>();
  private @Nullable Arrival arrival;
  private boolean closed;
  private @Nullable IOException failure;

  /// What the reading thread has met.
  private sealed interface Arrival {
    record Message(ByteBuffer bytes) implements Arrival {}

    record TooLong(MessageTooLongException problem) implements Arrival {}

    record End() implements Arrival {}
  }

  /// @param out a stream that tells when it fails, so no [java.io.PrintStream]
  public StdioChannel(InputStream in, OutputStream out) {
    lines = new LineChannel(in, out);
    Thread.ofPlatform().daemon().name("exec-stdin").start(this::read);
    Thread.ofPlatform().daemon().name("exec-stdout").start(this::write);
  }

  @Override
  public void send(ByteBuffer message) throws IOException, InterruptedException {
    unsent.acquire(cost(message));
    lock.lock();
    try {
      if (closed) {
        throw gone();
      }
      toSend.add(message);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static int cost(ByteBuffer message) {
    return Math.min(message.remaining(), UNSENT_LIMIT);
  }

  private IOException gone() {
    return failure == null ? new IOException("the connection is closed") : failure;
  }

  @Override
  public @Nullable ByteBuffer receive() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (arrival == null && !closed) {
        changed.await();
      }
      if (failure != null) {
        throw failure;
      }
      return closed ? null : taken();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ByteBuffer taken() throws MessageTooLongException {
    return switch (arrival) {
      case Arrival.Message(ByteBuffer bytes) -> {
        arrival = null;
        changed.signalAll();
        yield bytes;
      }
      case Arrival.TooLong(MessageTooLongException problem) -> {
        arrival = null;
        changed.signalAll();
        throw problem;
      }
      case Arrival.End _ -> null;
      case null -> null;
    };
  }

  private void read() {
    try {
      Arrival next;
      do {
        next = readOne();
      } while (handOver(next) && !(next instanceof Arrival.End));
    } catch (IOException broken) {
      end(broken);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Arrival readOne() throws IOException {
    try {
      @Nullable ByteBuffer line = lines.receive();
      return line == null ? new Arrival.End() : new Arrival.Message(line);
    } catch (MessageTooLongException problem) {
      return new Arrival.TooLong(problem);
    }
  }

  private boolean handOver(Arrival next) throws InterruptedException {
    lock.lock();
    try {
      while (arrival != null && !closed) {
        changed.await();
      }
      arrival = next;
      changed.signalAll();
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    try {
      @Nullable ByteBuffer next = nextToSend();
      while (next != null) {
        int cost = cost(next);
        lines.send(next);
        unsent.release(cost);
        next = nextToSend();
      }
    } catch (IOException broken) {
      end(broken);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable ByteBuffer nextToSend() throws InterruptedException {
    lock.lock();
    try {
      while (toSend.isEmpty() && !closed) {
        changed.await();
      }
      return closed ? null : toSend.remove();
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable IOException reason) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      failure = reason;
      toSend.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    // More than everybody who waits could want; they find the channel closed.
    unsent.release(Integer.MAX_VALUE / 2);
  }

  /// What is not written by now may get lost.
  @Override
  public void close() {
    end(null);
  }
}
