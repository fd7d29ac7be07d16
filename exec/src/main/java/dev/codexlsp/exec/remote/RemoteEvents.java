package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.ProcessRead;
import dev.codexlsp.exec.remote.Session.Again;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The events of one process between the connection and the consumer.
///
/// The receiving thread of the connection brings them in, the consumer takes them out, and what is
/// missing is read on a thread of its own. When the consumer is slow, the receiver waits with it
/// for a while, and with it all processes of the connection; then output is let go, and read again
/// when the consumer has caught up. What the server does not retain until then is missing.
final class RemoteEvents {
  private final String id;
  private final Session session;
  private final Timing timing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();

  // Guarded by lock.
  private final EventOrder order;
  private Stage stage = Stage.STARTING;

  /// Reads that were sent. Only the answer to the last one counts: it tells of all that the others
  /// do, and is not older than what has come in between.
  private long reads;

  private enum Stage {
    /// The start is not answered, so nobody can read.
    STARTING,

    /// The same, and the session was resumed meanwhile: whatever there is has to be read.
    STARTING_UNREAD,

    STARTED,

    /// The end was asked for: perhaps nobody takes what comes.
    UNWANTED
  }

  RemoteEvents(String id, Session session) {
    this.id = id;
    this.session = session;
    this.timing = session.timing();
    this.order = new EventOrder(timing, System.nanoTime());
  }

  String id() {
    return id;
  }

  /// From here on somebody takes what comes.
  void started() {
    lock.lock();
    try {
      boolean isUnread = stage == Stage.STARTING_UNREAD;
      if (stage != Stage.UNWANTED) {
        stage = Stage.STARTED;
      }
      if (isUnread) {
        readApart(EventOrder.Read.RESUMED);
      }
    } finally {
      lock.unlock();
    }
  }

  /// From here on nobody is waited for.
  ///
  /// @return false when it is over or was unwanted before
  boolean unwanted() {
    lock.lock();
    try {
      if (stage == Stage.UNWANTED || order.isOver()) {
        return false;
      }
      stage = Stage.UNWANTED;
      room.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes what the server tells; called by the receiving thread.
  void accept(Arrival arrival) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (arrival instanceof Arrival.Chunk) {
        awaitRoom();
      }
      order.accept(arrival, System.nanoTime());
      changed();
    } finally {
      lock.unlock();
    }
  }

  /// Also while the one who starts it has not taken the answer from his desk: a program may write
  /// more in that time than the server retains.
  private void awaitRoom() throws InterruptedException {
    long left = timing.consumer().toNanos();
    while (stage != Stage.UNWANTED && order.isBehind() && !order.hasLetGo() && left > 0) {
      left = room.awaitNanos(left);
    }
  }

  /// A process that is not over stays known to its session, which reads it when it is resumed.
  private void changed() {
    arrived.signalAll();
    if (order.isOver()) {
      room.signalAll();
      session.routes().forget(id);
    }
  }

  /// See [dev.codexlsp.exec.ExecProcess#next].
  @Nullable ProcessEvent next(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long endBy = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
      while (true) {
        long now = System.nanoTime();
        ProcessEvent event = order.poll(now);
        if (event != null) {
          room.signalAll();
          changed();
          return event;
        }
        if (order.isOver() || endBy - now <= 0) {
          return null;
        }
        EventOrder.Read wanted = order.wants(now);
        if (wanted != null) {
          readApart(wanted);
        }
        arrived.awaitNanos(Math.min(endBy - now, order.restNanos(now)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void readApart(EventOrder.Read reason) {
    long after = order.readSent(reason);
    long number = ++reads;
    Thread.ofVirtual().name("exec-read-" + id).start(() -> read(after, number));
  }

  private void read(long after, long number) {
    try {
      ProcessRead read = readAfter(after);
      apply(session.call(ExecMethods.PROCESS_READ, read, Again.NO, timing.answer()), number);
    } catch (CallException failure) {
      switch (failure) {
        case CallException.Refused refused -> refused(refused, number);
        case CallException.Broken _ -> {
          // Who resumes the session reads every process.
        }
        case CallException.Ended _, CallException.Unanswered _ ->
            lose(String.valueOf(failure.getMessage()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      Session.log("reading of a process", bug);
      lose("internal error");
    }
  }

  /// Reads what the process has told nobody, on a new connection that nobody else uses yet.
  ///
  /// @param deadline for all processes together
  void resume(Link link, Deadline deadline) throws CallException, InterruptedException {
    long after;
    long number;
    lock.lockInterruptibly();
    try {
      if (stage == Stage.STARTING || stage == Stage.STARTING_UNREAD) {
        // The answer to the start may have come before the connection broke.
        stage = Stage.STARTING_UNREAD;
        return;
      }
      if (order.isOver()) {
        return;
      }
      after = order.readSent(EventOrder.Read.RESUMED);
      number = ++reads;
    } finally {
      lock.unlock();
    }
    try {
      Deadline limit = deadline.atMost(timing.answer());
      apply(link.call(ExecMethods.PROCESS_READ, readAfter(after), limit), number);
    } catch (CallException.Refused refused) {
      refused(refused, number);
    }
  }

  private ProcessRead readAfter(long sequence) {
    return new ProcessRead(id, sequence, null, 0L);
  }

  private void apply(ProcessRead.Result result, long number) {
    lock.lock();
    try {
      if (number == reads) {
        order.apply(Retained.of(result), System.nanoTime());
        changed();
      }
    } finally {
      lock.unlock();
    }
  }

  private void refused(CallException.Refused refused, long number) {
    if (!isUnknown(refused)) {
      lose("the exec-server does not tell of it any more: " + refused.getMessage());
      return;
    }
    lock.lock();
    try {
      if (number == reads) {
        order.unknown();
        changed();
      }
    } finally {
      lock.unlock();
    }
  }

  /// There is no code of its own for it.
  private static boolean isUnknown(CallException.Refused refused) {
    return refused.code() == ExecError.INVALID_REQUEST
        && String.valueOf(refused.getMessage()).startsWith("unknown process id");
  }

  /// The process is out of reach.
  void lose(String reason) {
    lock.lock();
    try {
      order.fail(reason);
      changed();
    } finally {
      lock.unlock();
    }
  }

  /// A write was refused as it is after the end of a process.
  void doubt() {
    lock.lock();
    try {
      order.doubt();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the last event is ready or taken.
  boolean isOver() {
    lock.lock();
    try {
      return order.isOver();
    } finally {
      lock.unlock();
    }
  }
}
