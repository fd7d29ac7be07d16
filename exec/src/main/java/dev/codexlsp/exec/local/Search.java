package dev.codexlsp.exec.local;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/// One of the [Searches], on a thread of its own; whoever waits for it may give up.
final class Search implements Runnable {
  private final IntSupplier look;
  private final IntConsumer close;
  private final Semaphore permits;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private boolean done;
  private boolean abandoned;
  private int result;

  /// @param permits of which one is given back when the thread is done with
  Search(IntSupplier look, IntConsumer close, Semaphore permits) {
    this.look = look;
    this.close = close;
    this.permits = permits;
  }

  @Override
  public void run() {
    try {
      int found = look.getAsInt();
      lock.lock();
      try {
        done = true;
        result = found;
        closeIfUnwanted();
      } finally {
        lock.unlock();
      }
    } finally {
      permits.release();
    }
  }

  /// Nobody will use the result.
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      closeIfUnwanted();
    } finally {
      lock.unlock();
    }
  }

  /// Holds once only: each of the two is the last to come at most once.
  private void closeIfUnwanted() {
    if (done && abandoned && result >= 0) {
      close.accept(result);
    }
  }

  /// After the end of the thread: a descriptor or a negated error number.
  int result() {
    lock.lock();
    try {
      return result;
    } finally {
      lock.unlock();
    }
  }
}
