package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0.0, 180_000",
    "1, 0.5, 200_000",
    "1, 1.0, 220_000",
    "2, 0.5, 400_000",
    "3, 0.5, 800_000",
    "4, 0.25, 1_520_000",
    "5, 0.5, 3_200_000",
    "9, 0.5, 51_200_000",
    "10, 0.5, 60_000_000",
    "100, 0.0, 60_000_000",
    "2147483647, 0.5, 60_000_000",
  })
  void doublesAndJitters(int retry, double random, String micros) {
    Duration expected = Duration.ofNanos(Long.parseLong(micros.replace("_", "")) * 1_000);
    assertThat(new RetryDelay(() -> random).before(retry)).isEqualTo(expected);
  }
}
