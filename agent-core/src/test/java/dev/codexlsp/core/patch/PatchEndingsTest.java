package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a patch leaves as it is: line endings, the byte order mark, a missing final newline.
class PatchEndingsTest {

  static Stream<Arguments> endings() {
    return Stream.of(
        argumentSet("DOS", "a\r\nb\r\nc\r\n", "@@\n-b\n+B\n+D", "a\r\nB\r\nD\r\nc\r\n"),
        argumentSet("DOS, all removed", "a\r\n", "@@\n-a", ""),
        argumentSet("mixed, DOS first", "a\r\nb\nc\nd\ne\n", "@@\n-d\n+D", "a\r\nb\nc\nD\r\ne\n"),
        argumentSet("mixed, Unix first", "a\nb\r\nc\r\nd\r\n", "@@\n-c\n+C", "a\nb\r\nC\nd\r\n"),
        argumentSet("Mac", "a\rb\rc\r", "@@\n-b\n+B", "a\rB\rc\r"),
        argumentSet("a stray carriage return", "a\rb\nc\n", "@@\n-c\n+C", "a\rb\nC\n"),
        argumentSet("no final newline", "a\nb", "@@\n-a\n+A", "A\nb"),
        argumentSet("no final newline, last line", "a\nb", "@@\n-b\n+B", "a\nB"),
        argumentSet("no final newline, last line gone", "a\nb", "@@\n-b", "a"),
        argumentSet("no final newline, appended", "a\nb", "@@\n b\n+c", "a\nb\nc"),
        argumentSet("no final newline, inserted", "a\nb", "@@\n+c\n+d", "a\nb\nc\nd"),
        argumentSet("no newline at all", "a", "@@\n a\n+b", "a\nb"),
        argumentSet("no final newline, DOS", "a\r\nb", "@@\n b\n+c", "a\r\nb\r\nc"),
        argumentSet("a mark of order", "\ufeffa\nb\n", "@@\n-a\n+A", "\ufeffA\nb\n"),
        argumentSet("a mark of order, context", "\ufeffa\nb\n", "@@\n a\n-b", "\ufeffa\n"),
        argumentSet("a mark of order, line gone", "\ufeffa\nb\n", "@@\n-a", "\ufeffb\n"),
        argumentSet("a mark of order, elsewhere", "\ufeffa\nb\n", "@@\n-b\n+B", "\ufeffa\nB\n"),
        argumentSet("a mark of order alone", "\ufeff", "@@\n+a", "\ufeffa\n"),
        argumentSet("a mark that is named", "\ufeffa\nb\n", "@@\n-\ufeffa\n+A", "A\nb\n"),
        argumentSet("a mark that is put in", "a\nb\n", "@@\n-a\n+\ufeffa", "\ufeffa\nb\n"),
        argumentSet("a zero", "a\0\nb\n", "@@\n-b\n+B", "a\0\nB\n"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void theRestStays(String before, String chunks, String after) throws Exception {
    assertThat(Plans.update(before, chunks)).isEqualTo(after);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void thePatchMayComeFromDos(String before, String chunks, String after) throws Exception {
    assertThat(Plans.update(before, chunks.replace("\n", "\r\n"))).isEqualTo(after);
  }
}
