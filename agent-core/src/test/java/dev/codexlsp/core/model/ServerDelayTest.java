package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerDelayTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "3, PT3S",
    "' 3 ', PT3S",
    "0, PT0S",
    "3600, PT1H",
    "3601, PT1H",
    "999999999, PT1H",
    "9999999999999999999,",
    "-1,",
    "0.5,",
    "soon,",
    "'',",
    "'Sun, 01 Mar 2026 10:00:04 GMT', PT4S",
    "'Sun, 01 Mar 2026 09:00:00 GMT', PT0S",
    "'Sun, 01 Mar 2099 09:00:00 GMT', PT1H",
    "'Mon, 01 Mar 2026 10:00:04 GMT',",
  })
  void header(String value, @Nullable Duration expected) {
    assertThat(ServerDelay.ofHeader(value, CLOCK)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'Rate limit reached. Please try again in 1.3s.', PT1.3S",
    "try again in 300ms, PT0.3S",
    "Try Again In 2 seconds or later, PT2S",
    "try again in 1 second, PT1S",
    "try again in 0.25 s, PT0.25S",
    "try again in 999999999 s, PT1H",
    "try again in 1m2s,",
    "try again in 12 miles,",
    "try again in 5 sheep,",
    "try again later,",
    "'',",
  })
  void message(String text, @Nullable Duration expected) {
    assertThat(ServerDelay.ofMessage(text)).isEqualTo(expected);
  }
}
