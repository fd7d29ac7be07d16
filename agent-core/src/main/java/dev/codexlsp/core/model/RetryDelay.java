package dev.codexlsp.core.model;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// How long to wait before something is tried again, unless the server names a delay of its own:
/// 200 ms, doubled with each try, moved by up to a tenth so that many clients do not come back
/// together.
///
/// @param random numbers from 0 up to but not including 1
public record RetryDelay(DoubleSupplier random) {
  private static final Duration FIRST = Duration.ofMillis(200);

  /// Patience ends somewhere, however many tries somebody configures.
  static final Duration LONGEST = Duration.ofMinutes(1);

  /// How long to wait before the given retry, 1 being the first.
  public Duration before(int retry) {
    double factor = Math.scalb(1.0, retry - 1) * (0.9 + 0.2 * random.getAsDouble());
    double nanos = FIRST.toNanos() * factor;
    return nanos >= LONGEST.toNanos() ? LONGEST : Duration.ofNanos(Math.round(nanos));
  }
}
