package dev.codexlsp.exec.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenialSignsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  |touch: /x: Permission denied|false",
        "1  |touch: /x: Permission denied|true",
        "1  |mkdir: READ-ONLY FILE SYSTEM|true",
        "2  |sh: 1: cannot create x: Operation not permitted|true",
        "126|sh: x: Permission denied|true",
        "127|sh: x: not found|false",
        "1  |killed by seccomp|true",
        "1  |failed to write file x|true",
        "3  |''|false",
        "1  |test failed|false",
        "159|''|true",
        "137|''|false",
      })
  void guesses(int exitCode, String output, boolean expected) {
    assertThat(DenialSigns.areSeen(exitCode, output)).isEqualTo(expected);
  }
}
