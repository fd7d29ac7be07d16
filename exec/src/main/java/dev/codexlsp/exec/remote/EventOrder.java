package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.remote.Arrival.Chunk;
import dev.codexlsp.exec.remote.Arrival.End;
import dev.codexlsp.exec.remote.Arrival.Exit;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The events of one process on their way from the order of arrival to that of their numbers.
///
/// What comes too early waits for what is missing, and what is ready waits for the consumer; both
/// are bounded, and what is over the bound is let go. Whatever is missing (let go, lost with a
/// connection, never sent, not told by an old server) is got back by a read of what the server
/// retains; [#wants] says when. A stream that comes whole wants none.
///
/// Pure: it is told the time, and its caller holds a lock.
final class EventOrder {
  /// How many events wait for a missing one at most, and how many for the consumer.
  static final int EVENT_LIMIT = 256;

  /// The same in bytes.
  static final int BYTE_LIMIT = 1024 * 1024;

  private final Timing timing;
  private final ArrayDeque<ProcessEvent> ready = new ArrayDeque<>();
  private final EarlyArrivals early = new EarlyArrivals();
  private long readyBytes;

  /// The number up to which everything is ready or taken.
  private long last;

  private long progressAt;
  private long exitedAt;
  private ProcessEvent.@Nullable Exited exited;
  private @Nullable Read reading;
  private boolean hasLetGo;

  /// Something was let go at some time, so what the server does not retain any more is our loss.
  private boolean mayMiss;

  /// What was let go, or missed while there was no connection, was not to be had again: the numbers
  /// up to here may have holes.
  private long holesThrough;

  private boolean isIncomplete;
  private boolean isDoubted;
  private boolean isOver;

  /// Why a process is read.
  enum Read {
    /// Something was let go or has not come in time.
    MISSING,

    /// The next event does not say how the process ended.
    UNDECIDED,

    /// The exit has long been seen, but not the end.
    END_OVERDUE,

    /// The server has refused the process something as it does after the end.
    DOUBTED,

    /// The connection is a new one, and told nothing while there was none.
    RESUMED
  }

  EventOrder(Timing timing, long now) {
    this.timing = timing;
    this.progressAt = now;
  }

  void accept(Arrival arrival, long now) {
    if (isOver || arrival.sequence() <= last || early.holds(arrival.sequence())) {
      return;
    }
    if (hasLetGo || (arrival instanceof Chunk && isBehind())) {
      letGo();
      return;
    }
    if (early.isEmpty()) {
      progressAt = now;
    }
    early.keep(arrival);
    release(now);
    if (early.isOverfull()) {
      letGo();
    }
  }

  /// True while the consumer has not taken enough for more to be kept.
  boolean isBehind() {
    return ready.size() >= EVENT_LIMIT || readyBytes >= BYTE_LIMIT;
  }

  /// True from when something is let go until a read for it is sent; while that is under way it may
  /// become true again.
  boolean hasLetGo() {
    return hasLetGo;
  }

  /// Whether the last event is ready or taken.
  boolean isOver() {
    return isOver;
  }

  /// The next event for the consumer.
  @Nullable ProcessEvent poll(long now) {
    if (isEndOverdue(now) && isBareDenial()) {
      end();
    }
    ProcessEvent event = ready.poll();
    readyBytes -= size(event);
    return event;
  }

  /// Why the server has to be asked now for what it retains; null when there is no need.
  @Nullable Read wants(long now) {
    if (isOver || reading != null) {
      return null;
    }
    if (isDoubted) {
      return Read.DOUBTED;
    }
    Arrival next = early.get(last + 1);
    if (next != null && isUndecided(next)) {
      return Read.UNDECIDED;
    }
    boolean isGapOverdue = !early.isEmpty() && now - progressAt >= timing.gap().toNanos();
    if (isGapOverdue || (hasLetGo && ready.isEmpty())) {
      return Read.MISSING;
    }
    return isEndOverdue(now) && !isBareDenial() ? Read.END_OVERDUE : null;
  }

  /// How long nothing needs to be looked at unless something arrives.
  long restNanos(long now) {
    if (reading == null && !early.isEmpty()) {
      return progressAt + timing.gap().toNanos() - now;
    }
    return reading == null && exited != null ? endDue() - now : Long.MAX_VALUE;
  }

  /// A read is on its way; from here on everything is kept again.
  ///
  /// @return the number after which it has to begin
  long readSent(Read reason) {
    reading = reason;
    hasLetGo = false;
    return last;
  }

  /// The answer to the read: what it does not hold is nowhere.
  void apply(Retained retained, long now) {
    Read reason = reading;
    reading = null;
    isDoubted = false;
    progressAt = now;
    if (isOver) {
      return;
    }
    retained.chunks().stream()
        .filter(chunk -> chunk.sequence() > last)
        .forEach(chunk -> early.keep(new Chunk(chunk)));
    long through = Math.max(last, retained.nextSequence() - 1);
    // An answer from before the exit knows nothing of a denial. Only to a read that was sent
    // because
    // of the exit, or of the end, there is no later answer.
    boolean isLater = retained.exited() || retained.closed() || reason == Read.UNDECIDED;
    boolean hasFailed = retained.failure() != null;
    if (exited == null && isLater && !hasFailed) {
      early.placeExit(retained, last);
    }
    if (retained.closed() && !hasFailed) {
      early.placeEnd(last, through);
    }
    if (early.isAnyMissing(last, through)) {
      // Unlike the original, which gives a command up for output that nobody can have any more.
      if (mayMiss || reason == Read.RESUMED) {
        holesThrough = through;
      } else {
        fail("a part of its output is lost: the exec-server no longer retains it");
      }
    }
    mayMiss = hasLetGo;
    release(now);
    if (retained.failure() != null) {
      failThere(retained.failure());
    }
    if (reason == Read.END_OVERDUE || (reason == Read.DOUBTED && exited == null)) {
      end();
    }
  }

  /// The server does not know the process, so there is nothing to read.
  void unknown() {
    if (reading == Read.DOUBTED) {
      end();
    } else {
      fail("the exec-server does not know the process any more");
    }
  }

  /// A write was refused as it is after the end of a process.
  void doubt() {
    isDoubted = true;
  }

  /// The process is out of reach. What was ready before is still told; an end that was known stays.
  void fail(String reason) {
    if (!isOver) {
      over(new ProcessEvent.Lost(last + 1, reason));
    }
  }

  /// The server says that it has failed.
  private void failThere(String reason) {
    if (reason.startsWith(SandboxUnavailableException.UNAVAILABLE) && !isOver) {
      over(new ProcessEvent.NeverRan(last + 1, reason));
    } else {
      fail(reason);
    }
  }

  /// Ends what the server has not ended: nobody waits any longer.
  private void end() {
    if (!isOver) {
      if (exited == null) {
        publish(new Exit(++last, EarlyArrivals.UNKNOWN_EXIT, null));
      }
      over(new ProcessEvent.Closed(last + 1, false));
    }
  }

  private void letGo() {
    hasLetGo = true;
    mayMiss = true;
    early.clear();
  }

  /// Makes ready what has nothing missing before it.
  private void release(long now) {
    Arrival next = next();
    while (next != null && !isOver && !isUndecided(next)) {
      early.remove(next);
      last = next.sequence();
      progressAt = now;
      publish(next);
      if (next instanceof Exit) {
        exitedAt = now;
      }
      next = next();
    }
  }

  /// What may be told next. Numbers that are nowhere are passed over.
  private @Nullable Arrival next() {
    if (early.get(last + 1) == null && last < holesThrough) {
      Long first = early.firstUpTo(holesThrough);
      last = first == null ? holesThrough : first - 1;
      isIncomplete = true;
    }
    return early.get(last + 1);
  }

  private void publish(Arrival arrival) {
    switch (arrival) {
      case Chunk(var output) -> {
        ready.add(output);
        readyBytes += arrival.size();
      }
      case Exit(long sequence, int code, Boolean denied) -> {
        if (exited == null) {
          exited = new ProcessEvent.Exited(sequence, code, Boolean.TRUE.equals(denied));
          ready.add(exited);
        }
      }
      case End(long sequence) -> over(new ProcessEvent.Closed(sequence, !isIncomplete));
    }
  }

  private void over(ProcessEvent.Last event) {
    ready.add(event);
    isOver = true;
    early.clear();
  }

  /// Whether an event tells an end without telling, or having told, all of it.
  private boolean isUndecided(Arrival next) {
    return switch (next) {
      case Chunk _ -> false;
      case Exit exit -> exit.denied() == null;
      case End _ -> exited == null;
    };
  }

  /// The sandbox has refused the command before it said anything.
  private boolean isBareDenial() {
    return exited != null && exited.sandboxDenied() && exited.sequence() == 1 && last == 1;
  }

  /// The exit is known, but somebody may hold the output open for ever.
  private boolean isEndOverdue(long now) {
    boolean isComplete = early.isEmpty() && !hasLetGo;
    return !isOver && reading == null && exited != null && isComplete && now - endDue() >= 0;
  }

  private long endDue() {
    return exitedAt + (isBareDenial() ? timing.denial() : timing.drain()).toNanos();
  }

  private static int size(@Nullable ProcessEvent event) {
    return event instanceof ProcessEvent.Output output ? output.bytes().remaining() : 0;
  }
}
