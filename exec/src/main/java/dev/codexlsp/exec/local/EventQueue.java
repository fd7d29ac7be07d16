package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessEvent.Closed;
import dev.codexlsp.exec.ProcessEvent.Exited;
import dev.codexlsp.exec.ProcessEvent.NeverRan;
import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.ProcessEvent.Stream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The events of one process on their way to its single consumer; they get their numbers here.
///
/// The queue never blocks the thread that fills it: it says that the consumer [is
/// behind][#isBehind] and it is for the reader of the pipes to pause, which in the end holds the
/// process back. What lies here is therefore bounded by a [share][#share] and [#UNREAD_CHUNKS] plus
/// what the readers bring in before they look again.
final class EventQueue {
  /// However few there are.
  static final int UNREAD_BYTES = 256 * 1024;

  /// Of all processes that run at once: what lies long in many queues grows old, and then not even
  /// a collector of garbage finds it soon.
  static final int UNREAD_BYTES_OF_ALL = 2 * 1024 * 1024;

  /// However many there are.
  private static final int LEAST_UNREAD_BYTES = 8 * 1024;

  /// Against a process that writes single bytes: each of them is an object here.
  static final int UNREAD_CHUNKS = 256;

  private final Runnable caughtUp;
  private final @Nullable OutputTail tail;
  private final IntSupplier limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();

  // Guarded by lock; behind is written under it and may be read without.
  private final ArrayDeque<ProcessEvent> events = new ArrayDeque<>();
  private long lastSequence;
  private long unreadBytes;
  private int most = UNREAD_BYTES;
  private boolean unlimited;
  private boolean closed;
  private volatile boolean behind;

  /// @param caughtUp called on the consumer's thread, outside the lock, when the consumer has taken
  ///   half of what made it fall behind; must not wait
  EventQueue(Runnable caughtUp) {
    this(caughtUp, null, () -> UNREAD_BYTES);
  }

  /// @param tail is told what comes, on the thread that fills the queue
  /// @param limit how many bytes may lie here now; asked on that thread
  EventQueue(Runnable caughtUp, @Nullable OutputTail tail, IntSupplier limit) {
    this.caughtUp = caughtUp;
    this.tail = tail;
    this.limit = limit;
  }

  /// How many bytes may lie in the queue of each of so many processes.
  static int share(int processes) {
    return Math.clamp(
        UNREAD_BYTES_OF_ALL / Math.max(1, processes), LEAST_UNREAD_BYTES, UNREAD_BYTES);
  }

  /// Takes the bytes over; the caller must not touch the array again. Bytes that come after the end
  /// are dropped.
  void output(Stream stream, byte[] bytes) {
    if (tail != null) {
      tail.add(bytes);
    }
    lock.lock();
    try {
      if (!closed) {
        events.add(new Output(++lastSequence, stream, ByteBuffer.wrap(bytes)));
        unreadBytes += bytes.length;
        most = limit.getAsInt();
        behind |= !unlimited && (unreadBytes >= most || events.size() >= UNREAD_CHUNKS);
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void exited(int exitCode) {
    exited(exitCode, false);
  }

  void exited(int exitCode, boolean sandboxDenied) {
    lock.lock();
    try {
      events.add(new Exited(++lastSequence, exitCode, sandboxDenied));
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /// The end of a command that has not run, after which nothing more is told.
  void neverRan(String reason) {
    lock.lock();
    try {
      events.add(new NeverRan(++lastSequence, reason));
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    lift();
  }

  void closed(boolean outputComplete) {
    lock.lock();
    try {
      if (!closed) {
        events.add(new Closed(++lastSequence, outputComplete));
      }
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    lift();
  }

  /// True while nothing more should be read from the process.
  boolean isBehind() {
    return behind;
  }

  /// Waits while the consumer is behind.
  void awaitRoom() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (behind) {
        room.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// From here on the consumer is never behind, for a process that can write no more than its pipe
  /// holds already.
  void lift() {
    lock.lock();
    try {
      unlimited = true;
      behind = false;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// See [dev.codexlsp.exec.ExecProcess#next].
  @Nullable ProcessEvent next(Duration timeout) throws InterruptedException {
    @Nullable ProcessEvent event;
    boolean relieved;
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.NANOSECONDS.convert(timeout);
      while (events.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      event = events.poll();
      relieved = relieve(event);
    } finally {
      lock.unlock();
    }
    if (relieved) {
      caughtUp.run();
    }
    return event;
  }

  /// Half must be free before reading goes on, so that a busy process does not cost a wake-up for
  /// every chunk.
  private boolean relieve(@Nullable ProcessEvent taken) {
    if (taken instanceof Output output) {
      unreadBytes -= output.bytes().capacity();
    }
    boolean relieved = behind && unreadBytes <= most / 2 && events.size() <= UNREAD_CHUNKS / 2;
    if (relieved) {
      behind = false;
      room.signalAll();
    }
    return relieved;
  }
}
