package dev.codexlsp.exec.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/w/*.env|/w/a.env|true",
        "/w/*.env|/w/.env|true",
        "/w/*.env|/w/d/a.env|false",
        "/w/**/*.env|/w/a.env|true",
        "/w/**/*.env|/w/d/e/a.env|true",
        "/w/**|/w/d/e|true",
        "/w/**|/w|false",
        "/w/**/secret|/w/secretive|false",
        "/w/?|/w/a|true",
        "/w/?|/w/ab|false",
        "/w/[a-c]x|/w/bx|true",
        "/w/[a-c]x|/w/dx|false",
        "/w/[!a-c]x|/w/dx|true",
        "/w/[!a-c]x|/w/ax|false",
        "/w/a[!b]c|/w/a/c|false",
        "/w/{a,b}.key|/w/b.key|true",
        "/w/{a,b}.key|/w/c.key|false",
        "/w/a,b|/w/a,b|true",
        "/w/\\*|/w/*|true",
        "/w/\\*|/w/x|false",
        "/w/[|/w/[|true",
        "/w/a+b(c)|/w/a+b(c)|true",
        "/w/a.c|/w/abc|false",
      })
  void matches(String pattern, String path, boolean expected) {
    assertThat(new GlobPattern(pattern).matches(Path.of(path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/w/*.env,    /w",
    "/w/d/**/x,   /w/d",
    "/w/d/x,      /w/d/x",
    "/*,          /",
    "/w/[x]/y,    /w",
  })
  void knowsBelowWhatItCanMatch(String pattern, Path base) {
    assertThat(new GlobPattern(pattern).base()).isEqualTo(base);
  }

  @Test
  void aFolderWithSpecialCharactersStandsForItself() {
    GlobPattern pattern = new GlobPattern(GlobPattern.quoted(Path.of("/w/[a]*{b}")) + "/*.env");
    assertThat(pattern.matches(Path.of("/w/[a]*{b}/x.env"))).isTrue();
    assertThat(pattern.matches(Path.of("/w/ax{b}/x.env"))).isFalse();
    assertThat(pattern.matchesOrHolds(Path.of("/w/[a]*{b}/x.env/y"))).isTrue();
  }

  @Test
  void isAbsolute() {
    assertThatThrownBy(() -> new GlobPattern("*.env")).hasMessage("not an absolute pattern: *.env");
  }
}
