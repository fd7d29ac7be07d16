package dev.codexlsp.core;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes ids that sort by the time they were made: UUIDs in version 7, as text. Any thread may ask.
public record UuidV7(Clock clock, RandomGenerator random) implements Supplier<String> {

  @Override
  public String get() {
    long time = clock.millis() << 16;
    long high = time | 0x7000 | (random.nextLong() & 0x0FFF);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
