package dev.codexlsp.core.tool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a call waits for a command: what the model wants, within the bounds. Pure.
final class YieldTime {
  private static final Duration LEAST = Duration.ofMillis(250);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration LEAST_LOOK = Duration.ofSeconds(5);

  private YieldTime() {}

  /// For a call that starts a command or writes to one.
  static Duration ofCommand(@Nullable Long wishMs, Duration otherwise) {
    return wishMs == null ? otherwise : clamp(wishMs, LEAST, MOST);
  }

  /// For a call that only looks what a command has done; those who look too often pay for each
  /// look.
  ///
  /// @param most what the user allows; less than the least is the least
  static Duration ofLook(@Nullable Long wishMs, Duration most) {
    return wishMs == null || most.compareTo(LEAST_LOOK) < 0
        ? LEAST_LOOK
        : clamp(wishMs, LEAST_LOOK, most);
  }

  private static Duration clamp(long wishMs, Duration least, Duration most) {
    return Duration.ofMillis(Math.clamp(wishMs, least.toMillis(), most.toMillis()));
  }
}
