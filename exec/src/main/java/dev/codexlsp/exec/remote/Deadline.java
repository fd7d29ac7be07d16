package dev.codexlsp.exec.remote;

import java.time.Duration;

/// A limit that runs. Pure, but for the clock.
///
/// @param limit how long it was in the beginning, for sentences
/// @param endBy when it is over, as [System#nanoTime] has it
record Deadline(Duration limit, long endBy) {

  static Deadline in(Duration limit) {
    return new Deadline(limit, System.nanoTime() + limit.toNanos());
  }

  /// What is left; never negative.
  Duration left() {
    return Duration.ofNanos(Math.max(0, endBy - System.nanoTime()));
  }

  /// The same, or a new one if that is over sooner.
  Deadline atMost(Duration other) {
    return other.compareTo(left()) < 0 ? in(other) : this;
  }
}
