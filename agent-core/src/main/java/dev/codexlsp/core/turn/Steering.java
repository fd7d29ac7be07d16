package dev.codexlsp.core.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What is said to a turn while it runs. The owner of the thread puts messages in, the turn takes
/// each at its next step; a step that waits for the model is cut, so that it need not be heard to
/// its end. A message that has been taken in never gets lost: whoever ends the turn takes what is
/// left.
public final class Steering {
  /// So many messages may wait.
  static final int LIMIT = 64;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Queue<TurnInput> pending = new ArrayDeque<>();
  private @Nullable Thread step;
  private boolean isCut;
  private boolean isClosed;
  private boolean isStopped;

  /// What became of a message.
  public enum Offer {
    TAKEN,
    /// The turn is ending and takes nothing any more.
    TOO_LATE,
    /// Too many wait.
    FULL,
    /// Whoever said it does not want it any more.
    WITHDRAWN
  }

  /// Called by the owner.
  ///
  /// @param promise tells the client that the message is taken, while the turn cannot end; false
  ///   when the client has given up
  public Offer offer(TurnInput input, BooleanSupplier promise) {
    lock.lock();
    try {
      if (isClosed || isStopped) {
        return Offer.TOO_LATE;
      }
      if (pending.size() == LIMIT) {
        return Offer.FULL;
      }
      if (!promise.getAsBoolean()) {
        return Offer.WITHDRAWN;
      }
      pending.add(input);
      cut();
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /// The turn shall end. Called by the owner, once: a second interrupt would disturb the turn while
  /// it tidies up.
  public void stop(Thread turn) {
    lock.lock();
    try {
      isStopped = true;
      turn.interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// The next message; null for none. Called by the turn, as are the methods below.
  @Nullable TurnInput next() {
    lock.lock();
    try {
      return pending.poll();
    } finally {
      lock.unlock();
    }
  }

  /// From now on a message interrupts the calling thread, one that waits already does so at once.
  void allowCut() {
    lock.lock();
    try {
      step = Thread.currentThread();
      if (!pending.isEmpty()) {
        cut();
      }
    } finally {
      lock.unlock();
    }
  }

  /// From now on a message waits. The interrupt of a cut is taken back.
  ///
  /// @return whether the step was cut, and the turn goes on
  boolean endCut() {
    lock.lock();
    try {
      boolean wasCut = isCut && !isStopped;
      if (wasCut) {
        boolean _ = Thread.interrupted();
      }
      step = null;
      isCut = false;
      return wasCut;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the turn, unless something has been said that it has not taken.
  boolean isClosedWhenEmpty() {
    lock.lock();
    try {
      isClosed |= pending.isEmpty();
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the turn.
  ///
  /// @return what it has not taken
  List<TurnInput> close() {
    lock.lock();
    try {
      isClosed = true;
      List<TurnInput> left = new ArrayList<>(pending);
      pending.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }

  private void cut() {
    if (step != null && !isCut) {
      isCut = true;
      step.interrupt();
    }
  }
}
