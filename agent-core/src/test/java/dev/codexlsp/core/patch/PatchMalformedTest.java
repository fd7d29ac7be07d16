package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is no patch, and the line that is to blame. The lines are those of the original.
class PatchMalformedTest {
  private static final String FIRST = "the first line must be '*** Begin Patch'";
  private static final String LAST = "the last line must be '*** End Patch'";
  private static final String BODY = "*** Delete File: f\n";
  private static final String INNER = "*** Begin Patch\n" + BODY + "*** End Patch\n";
  private static final String HEADERS =
      "' is not a valid hunk header; valid are '*** Add File: {path}', '*** Delete File: {path}',"
          + " '*** Update File: {path}'";
  private static final String SIGNS = "': a line of an update starts with ' ', '+' or '-'";

  static Stream<Arguments> boundaries() {
    return Stream.of(
        argumentSet("nothing", "", LAST),
        argumentSet("blanks", " \n\n", LAST),
        argumentSet("only the beginning", "*** Begin Patch", LAST),
        argumentSet("only the end", "*** End Patch", FIRST),
        argumentSet("neither", "foo\nbar", FIRST),
        argumentSet("no beginning", BODY + "*** End Patch", FIRST),
        argumentSet("no end", "*** Begin Patch\n" + BODY, LAST),
        argumentSet("text before", "foo\n" + INNER, FIRST),
        argumentSet("text behind", INNER + "foo", LAST),
        argumentSet("a beginning in lower case", INNER.replace("Begin", "begin"), FIRST),
        argumentSet("more on the first line", INNER.replace("Begin Patch", "Begin Patch x"), FIRST),
        argumentSet("a byte order mark", "\ufeff" + INNER, FIRST),
        argumentSet("a fence", "```\n" + INNER + "```", FIRST),
        argumentSet("a command", "apply_patch <<'EOF'\n" + INNER + "EOF", FIRST),
        argumentSet("a here-document with tabs stripped", "<<-EOF\n" + INNER + "EOF", FIRST),
        argumentSet("a here-document after a blank", "<< EOF\n" + INNER + "EOF", FIRST),
        argumentSet("a here-document with mixed quotes", "<<'EOF\"\n" + INNER + "EOF", FIRST),
        argumentSet("a here-document of another name", "<<PATCH\n" + INNER + "PATCH", FIRST),
        argumentSet("a here-document without end", "<<EOF\n" + INNER, FIRST),
        argumentSet("a here-document of three lines", "<<EOF\n*** End Patch\nEOF", FIRST),
        argumentSet(
            "a here-document around half a patch", "<<EOF\n*** Begin Patch\n" + BODY + "EOF", LAST),
        argumentSet("blank lines within a here-document", "<<EOF\n\n" + INNER + "\nEOF", FIRST),
        argumentSet(
            "text between two ends",
            INNER + "foo\n*** End Patch",
            "'*** End Patch' must be the last line"),
        argumentSet(
            "an environment without a name",
            PatchParserTest.patch("*** Environment ID:  "),
            "the environment has no name"),
        argumentSet(
            "two environments",
            PatchParserTest.patch("*** Environment ID: a", "*** Environment ID: b"),
            "the environment is named more than once"));
  }

  @ParameterizedTest
  @MethodSource("boundaries")
  void theWholeIsWrong(String text, String reason) {
    assertThat(PatchParser.parse(text)).isEqualTo(new ParseResult.Malformed(0, reason));
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        argumentSet("lower case", "*** update file: f", 2, "*** update file: f"),
        argumentSet("unknown", "*** Rename File: f", 2, "*** Rename File: f"),
        argumentSet("not a header", "  hello ", 2, "hello"),
        argumentSet("blank", "\n*** Delete File: f", 2, ""),
        argumentSet("no path", "*** Add File:  ", 2, "*** Add File:"),
        argumentSet("no blank", "*** Delete File:f", 2, "*** Delete File:f"),
        argumentSet("a tab", "*** Delete File:\tf", 2, "*** Delete File:\tf"),
        argumentSet("a second beginning", "*** Begin Patch", 2, "*** Begin Patch"),
        argumentSet("a new file without signs", "*** Add File: f\nhello", 3, "hello"),
        argumentSet("a sign that is indented", "*** Add File: f\n  +a", 3, "+a"),
        argumentSet("a blank line in a new file", "*** Add File: f\n+a\n\n+b", 4, ""),
        argumentSet("a mark in a new file", "*** Add File: f\n@@\n+b", 3, "@@"),
        argumentSet(
            "the end of a new file", "*** Add File: f\n+a\n*** End of File", 4, "*** End of File"),
        argumentSet("lines of a deleted file", "*** Delete File: f\n-a", 3, "-a"),
        argumentSet(
            "an environment further down",
            "*** Delete File: f\n*** Environment ID: x",
            3,
            "*** Environment ID: x"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderIsWrong(String body, int line, String header) {
    assertThat(PatchParser.parse(PatchParserTest.patch(body)))
        .isEqualTo(new ParseResult.Malformed(line, "'" + header + HEADERS));
  }

  static Stream<Arguments> chunks() {
    return Stream.of(
        argumentSet("nothing", "", 2, "the update of 'f' is empty"),
        argumentSet("only a move", "*** Move to: g\n", 2, "the update of 'f' is empty"),
        argumentSet("another file", "*** Delete File: g\n", 2, "the update of 'f' is empty"),
        argumentSet(
            "only the end of the file", "*** End of File\n", 2, "the update of 'f' is empty"),
        argumentSet("only a mark", "@@\n", 4, "the chunk has no lines"),
        argumentSet(
            "only a mark and the end", "@@\n*** End of File\n", 4, "the chunk has no lines"),
        argumentSet("a second mark without lines", "@@\n-a\n@@ x\n", 6, "the chunk has no lines"),
        argumentSet("two marks", "@@\n@@\n-a\n", 4, "unexpected line '@@" + SIGNS),
        argumentSet("nested contexts", "@@ a\n@@ b\n-c\n", 4, "unexpected line '@@ b" + SIGNS),
        argumentSet("a mark without a blank", "@@a\n-b\n", 3, "unexpected line '@@a" + SIGNS),
        argumentSet("a mark that is too long", "@@@\n-b\n", 3, "unexpected line '@@@" + SIGNS),
        argumentSet("a mark behind a tab", "\t@@\n-b\n", 3, "unexpected line '\t@@" + SIGNS),
        argumentSet("no sign", "@@\nfoo  \n", 4, "unexpected line 'foo  " + SIGNS),
        argumentSet("no sign and no mark", "foo\n", 3, "unexpected line 'foo" + SIGNS),
        argumentSet("a tab", "@@\n\tfoo\n", 4, "unexpected line '\tfoo" + SIGNS),
        argumentSet(
            "a header after a mark",
            "@@\n*** Delete File: f\n",
            4,
            "unexpected line '*** Delete File: f" + SIGNS),
        argumentSet(
            "a move to nowhere",
            "*** Move to: \n@@\n-a\n",
            3,
            "unexpected line '*** Move to: " + SIGNS),
        argumentSet(
            "two moves",
            "*** Move to: g\n*** Move to: h\n-a\n",
            4,
            "unexpected line '*** Move to: h" + SIGNS),
        argumentSet("no sign after others", "@@\n-a\nfoo\n+A\n", 5, noMark("foo")),
        argumentSet("a tab after others", "@@\n-a\n\t\n+A\n", 5, noMark("\t")),
        argumentSet("a late move", "@@\n-a\n*** Move to: g\n", 5, noMark("*** Move to: g")),
        argumentSet("no mark after the end", "@@\n-a\n*** End of File\n+b\n", 6, noMark("+b")),
        argumentSet(
            "two ends", "@@\n-a\n*** End of File\n*** End of File\n", 6, noMark("*** End of File")),
        argumentSet(
            "an indented header after the end",
            "@@\n-a\n*** End of File\n  *** Delete File: g\n",
            6,
            noMark("  *** Delete File: g")));
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void aChunkIsWrong(String chunks, int line, String reason) {
    assertThat(
            PatchParser.parse("*** Begin Patch\n*** Update File: f\n" + chunks + "*** End Patch"))
        .isEqualTo(new ParseResult.Malformed(line, reason));
  }

  @Test
  void linesAreCountedWithoutTheWrapper() {
    assertThat(PatchParser.parse("\n\n<<EOF\n*** Begin Patch\nbad\n*** End Patch\nEOF"))
        .isEqualTo(new ParseResult.Malformed(2, "'bad" + HEADERS));
  }

  @Test
  void theMessageNamesThePlace() {
    assertThat(new ParseResult.Malformed(7, "no").message())
        .isEqualTo("invalid hunk at line 7, no");
    assertThat(new ParseResult.Malformed(0, "no").message()).isEqualTo("invalid patch: no");
  }

  private static String noMark(String line) {
    return "a chunk must start with '@@', but this line is '" + line + "'";
  }
}
