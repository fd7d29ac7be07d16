package dev.codexlsp.exec.telemetry;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// How many of something there are now. Never negative, however often an end is told.
final class ActiveCount {
  private final AtomicLong count = new AtomicLong();

  /// One more.
  ///
  /// @return tells its end; only the first time counts
  Runnable enter() {
    AtomicBoolean isOver = new AtomicBoolean();
    count.incrementAndGet();
    return () -> {
      if (!isOver.getAndSet(true)) {
        count.decrementAndGet();
      }
    };
  }

  long now() {
    return count.get();
  }
}
