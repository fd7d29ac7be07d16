package dev.codexlsp.core.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.config.Config.CompactScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactionTermsTest {
  @ParameterizedTest
  @CsvSource({
    "999, 900, TOTAL, false",
    "1000, 900, TOTAL, true",
    "1899, 900, BODY_AFTER_PREFIX, false",
    "1900, 900, BODY_AFTER_PREFIX, true",
    "5000, 0, BODY_AFTER_PREFIX, false",
    "8999, 8500, BODY_AFTER_PREFIX, false",
    "9000, 8500, BODY_AFTER_PREFIX, true",
  })
  void isDueAtTheLimitOrWhenTheWindowIsNearlyFull(
      long tokens, long prefix, CompactScope scope, boolean isDue) {
    CompactionTerms terms = new CompactionTerms(9_000, 1_000, scope, null);
    assertThat(terms.isDue(new ContextUse(tokens, prefix))).isEqualTo(isDue);
  }

  @ParameterizedTest
  @CsvSource({"999, TOTAL, false", "1000, TOTAL, true", "1000, BODY_AFTER_PREFIX, false"})
  void isFutileWhenTheBeginningIsOverTheLimit(long prefix, CompactScope scope, boolean isFutile) {
    CompactionTerms terms = new CompactionTerms(9_000, 1_000, scope, null);
    assertThat(terms.isFutile(new ContextUse(2_000, prefix))).isEqualTo(isFutile);
  }
}
