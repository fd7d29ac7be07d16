package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFlagsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model=x | {model=x}",
        "model = \"x y\" | {model=x y}",
        "a.b=1 | {a={b=1}}",
        "a.\"b.c\"=[1, true] | {a={b.c=[1, true]}}",
        "a={ b = 'c' } | {a={b=c}}",
        "a=foo bar | {a=foo bar}",
        "a=\"open | {a=open}",
        "a=1\\nb=2 | {a=1\\nb=2}",
        "a= | {a=}",
      })
  void flagsAreTomlOrText(String flag, String expected) {
    assertThat(SessionFlags.parse(List.of(flag)).plain()).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({"model", "=x", "a..b=1"})
  void flagsThatAreNone(String flag) {
    assertThatThrownBy(() -> SessionFlags.parse(List.of(flag)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not KEY=VALUE: ");
  }
}
