package dev.codexlsp.core.session;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for a condition, with the one bound that all tests here share.
final class Patience {
  static final Duration LIMIT = Duration.ofSeconds(20);

  private Patience() {}

  /// For what somebody of ours changes: called with the lock held, woken by the condition.
  static void await(Lock lock, Condition changed, BooleanSupplier met, String what)
      throws InterruptedException {
    lock.lock();
    try {
      long left = LIMIT.toNanos();
      while (!met.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("waited in vain for " + what);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// For a test that holds up somebody else's thread.
  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("held up for ever");
      }
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  /// For what only the system knows: processes, and what threads wait for.
  static void await(BooleanSupplier met, String what) {
    long endBy = System.nanoTime() + LIMIT.toNanos();
    while (!met.getAsBoolean()) {
      if (System.nanoTime() > endBy) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
