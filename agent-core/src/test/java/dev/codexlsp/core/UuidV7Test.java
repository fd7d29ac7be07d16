package dev.codexlsp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV7Test {

  private static UUID at(long millis) {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    return UUID.fromString(new UuidV7(clock, new Random(7)).get());
  }

  @Test
  void versionVariantAndTimeAreInPlace() {
    UUID id = at(0x0123_4567_89abL);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.toString()).startsWith("01234567-89ab-7");
  }

  @Test
  void laterIdsSortAfterEarlierOnes() {
    assertThat(at(1_000).toString()).isLessThan(at(1_001).toString());
  }
}
