package dev.codexlsp.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseInstructionsTest {

  /// `/` is the end of a line.
  @ParameterizedTest
  @CsvSource({
    "a/# Personality/warm/## Tone/b/# Work/c, a/# Work/c",
    "a/# Personality/warm, a/",
    "# Personality /warm/# Personality/warmer/# Work, # Work",
    "a/## Personality/b/# Personality and tone/c, a/## Personality/b/# Personality and tone/c",
    "a, a",
    "'', ''",
  })
  void withoutPersonality(String instructions, String expected) {
    assertThat(BaseInstructions.withoutPersonality(instructions.replace('/', '\n')))
        .isEqualTo(expected.replace('/', '\n'));
  }
}
