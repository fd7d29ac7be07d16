package dev.codexlsp.core.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// A clock that is one millisecond later each time it is asked.
final class SteppingClock extends Clock {
  private final ZoneId zone;
  private Instant next;

  SteppingClock(Instant first, ZoneId zone) {
    this.next = first;
    this.zone = zone;
  }

  @Override
  public Instant instant() {
    Instant now = next;
    next = now.plusMillis(1);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SteppingClock(next, other);
  }
}
