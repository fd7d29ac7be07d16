package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the lines of a patch are found. Every case was asked of the original.
class PatchMatchingTest {

  static Stream<Arguments> places() {
    return Stream.of(
        argumentSet("one line", "a\nb\nc\n", "@@\n-b\n+B", "a\nB\nc\n"),
        argumentSet("the first of equal places", "x\ny\nx\ny\n", "@@\n x\n-y\n+Y", "x\nY\nx\ny\n"),
        argumentSet("behind its context", "p\nx\nq\nx\n", "@@ q\n-x\n+X", "p\nx\nq\nX\n"),
        argumentSet("not on its context", "q\nx\nq\n", "@@ q\n-q\n+Q", "q\nx\nQ\n"),
        argumentSet("context far above", "h\nx\ny\n", "@@ h\n-y\n+Y", "h\nx\nY\n"),
        argumentSet("several chunks", "a\nb\nc\n", "@@\n-a\n+A\n@@\n-c\n+C", "A\nb\nC\n"),
        argumentSet("chunks side by side", "a\nb\n", "@@\n-a\n+A\n@@\n-b\n+B", "A\nB\n"),
        argumentSet("no mark, then one", "a\nb\nc\n", "-a\n+A\n@@\n-c\n+C", "A\nb\nC\n"),
        argumentSet(
            "lines put in between",
            "a\nb\nc\nd\n",
            "@@\n a\n+1\n b\n-c\n+2\n d",
            "a\n1\nb\n2\nd\n"),
        argumentSet("new before old", "a\nb\n", "@@\n+B\n-b", "a\nB\n"),
        argumentSet("every line removed", "a\nb\n", "@@\n-a\n-b", ""),
        argumentSet("nothing changed", "a\nb\n", "@@\n a", "a\nb\n"),
        argumentSet("a line replaced by itself", "a\nb\n", "@@\n-a\n+a", "a\nb\n"),
        argumentSet("blank context", "a\n\nc\n", "@@\n a\n\n-c\n+C", "a\n\nC\n"),
        argumentSet("blank context for blanks", "a\n   \nc\n", "@@\n a\n\n-c\n+C", "a\n   \nC\n"),
        argumentSet("insertion", "a\nb\n", "@@\n+y", "a\nb\ny\n"),
        argumentSet("insertion behind its context", "a\nb\n", "@@ a\n+y", "a\nb\ny\n"),
        argumentSet("two insertions", "a\n", "@@\n+y\n@@\n+z", "a\ny\nz\n"),
        argumentSet("insertion, then a change", "a\nb\n", "@@\n+y\n@@\n-b\n+B", "a\nB\ny\n"),
        argumentSet("insertion behind a blank line", "a\n\n", "@@\n+y", "a\n\ny\n"),
        argumentSet("insertion into an empty file", "", "@@\n+y", "y\n"),
        argumentSet("insertion into one blank line", "\n", "@@\n+y", "\ny\n"),
        argumentSet(
            "a context of insertion moves on",
            "a\nb\na\n",
            "@@ b\n+y\n@@\n-a\n+A",
            "a\nb\nA\ny\n"));
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        argumentSet("at the end", "x\ny\nx\n", "@@\n-x\n+X\n*** End of File", "x\ny\nX\n"),
        argumentSet("at the end, without mark", "x\ny\n", "-y\n+Y\n*** End of File", "x\nY\n"),
        argumentSet(
            "at the end, with context", "x\ny\nx\n", "@@ y\n-x\n+X\n*** End of File", "x\ny\nX\n"),
        argumentSet("at the end with its blank", "x\n\n", "@@\n-x\n-\n+X\n*** End of File", "X\n"),
        argumentSet("append at the end", "a\nb\n", "@@\n b\n+c\n*** End of File", "a\nb\nc\n"),
        argumentSet("insertion at the end", "a\n", "@@\n+c\n*** End of File", "a\nc\n"),
        argumentSet(
            "a blank too many at the end", "y\nx\n", "@@\n-x\n+X\n\n*** End of File", "y\nX\n"),
        argumentSet("only an end to begin with", "a\nb\n", "*** End of File\n-a\n+A", "A\nb\n"),
        argumentSet("a blank too many", "a\nb\nc\n", "@@\n a\n-b\n+B\n", "a\nB\nc\n"),
        argumentSet(
            "a blank too many between chunks", "a\nb\n", "@@\n-a\n+A\n\n@@\n-b\n+B", "A\nB\n"),
        argumentSet("a removed blank too many", "a\nb\n", "@@\n a\n-b\n-\n+B", "a\nB\n"),
        argumentSet("a removed and an added blank", "a\nb\n", "@@\n a\n-b\n-\n+B\n+", "a\nB\n"),
        argumentSet("a blank that becomes new", "a\nb\n", "@@\n b\n\n+z", "a\nb\n\nz\n"),
        argumentSet("only a blank", "a\nb\n", "@@\n", "a\nb\n"),
        argumentSet("a blank before the first mark", "a\nb\n", "\n@@\n-a\n+A", "A\nb\n"),
        argumentSet("a blank and a new line", "a\nb\n", "@@\n\n+x", "\nx\na\nb\n"),
        argumentSet("a blank in an empty file", "", "@@\n \n+b", "\nb\n"));
  }

  static Stream<Arguments> likenesses() {
    return Stream.of(
        argumentSet("exact before earlier", "x  \nx\n", "@@\n-x\n+X", "x  \nX\n"),
        argumentSet("end before both sides", "  x\nx  \n", "@@\n-x\n+X", "  x\nX\n"),
        argumentSet("both sides before typography", "x—y\n x-y\n", "@@\n-x-y\n+X", "x—y\nX\n"),
        argumentSet("blanks of the patch", "x\n", "@@\n-  x\t\n+X", "X\n"),
        argumentSet("blanks of print", "\u00a0x\u3000\n", "@@\n-x\n+X", "X\n"),
        argumentSet("the next line of ECMA", "\u0085x\n", "@@\n-x\n+X", "X\n"),
        argumentSet("context keeps its blanks", "  a \n  b\n", "@@\n a\n-b\n+B", "  a \nB\n"),
        argumentSet(
            "context keeps its quotes",
            "say “hi”\nb\n",
            "@@\n say \"hi\"\n-b\n+B",
            "say “hi”\nB\n"),
        argumentSet("the old goes though it looks new", "a \nb\n", "@@\n-a\n+a", "a\nb\n"),
        argumentSet("marks too", "def “x”\nb\n", "@@ def \"x\"\n-b\n+B", "def “x”\nB\n"),
        argumentSet("typography of the patch", "it's\n", "@@\n-it’s\n+X", "X\n"),
        argumentSet("beyond the basic plane", "😀 x\n", "@@\n-😀 x\n+X", "X\n"));
  }

  @ParameterizedTest
  @MethodSource({"places", "endings", "likenesses"})
  void theChangeLandsThere(String before, String chunks, String after) throws Exception {
    assertThat(Plans.update(before, chunks)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u2010-", "\u2011-", "\u2012-", "\u2013-", "\u2014-", "\u2015-", "\u2212-", "\u2018'",
        "\u2019'", "\u201a'", "\u201b'", "\u201c\"", "\u201d\"", "\u201e\"", "\u201f\"", "\u00a0 ",
        "\u2002 ", "\u2007 ", "\u200a ", "\u202f ", "\u205f ", "\u3000 "
      })
  void printIsTakenForAscii(String pair) throws Exception {
    assertThat(Plans.update("x" + pair.charAt(0) + "y\n", "@@\n-x" + pair.charAt(1) + "y\n+X"))
        .isEqualTo("X\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u2043-",
        "\ufe63-",
        "\uff0d-",
        "\u2032'",
        "`'",
        "\u2033\"",
        "\u00ab\"",
        "\u2000 ",
        "\u2001 ",
        "\u1680 ",
        "\u180e ",
        "…."
      })
  void otherLookalikesAreNot(String pair) throws Exception {
    assertThat(Plans.update("x" + pair.charAt(0) + "y\n", "@@\n-x" + pair.charAt(1) + "y\n+X"))
        .startsWith("Failed to find expected lines in /w/f:\nx" + pair.charAt(1) + "y\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001f", "\u200b", "\ufffd"})
  void controlsAreNoBlanks(String control) throws Exception {
    assertThat(Plans.update(control + "x\n", "@@\n-x\n+X"))
        .startsWith("Failed to find expected lines in /w/f:\nx\n");
  }
}
