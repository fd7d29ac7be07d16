package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YieldTimeTest {

  @ParameterizedTest
  @CsvSource({
    ", 10000",
    "-9223372036854775808, 250",
    "0, 250",
    "249, 250",
    "250, 250",
    "1000, 1000",
    "30000, 30000",
    "30001, 30000",
    "9223372036854775807, 30000"
  })
  void ofACommand(@Nullable Long wishMs, long expectedMs) {
    assertThat(YieldTime.ofCommand(wishMs, ExecArguments.DEFAULT_YIELD))
        .isEqualTo(Duration.ofMillis(expectedMs));
  }

  @ParameterizedTest
  @CsvSource({
    ", 300000, 5000",
    "-1, 300000, 5000",
    "250, 300000, 5000",
    "5000, 300000, 5000",
    "60000, 300000, 60000",
    "300000, 300000, 300000",
    "300001, 300000, 300000",
    "60000, 20000, 20000",
    "60000, 0, 5000",
    ", 0, 5000"
  })
  void ofALook(@Nullable Long wishMs, long mostMs, long expectedMs) {
    assertThat(YieldTime.ofLook(wishMs, Duration.ofMillis(mostMs)))
        .isEqualTo(Duration.ofMillis(expectedMs));
  }
}
