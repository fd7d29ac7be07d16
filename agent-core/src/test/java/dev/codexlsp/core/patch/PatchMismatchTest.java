package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the model hears of lines that are not there.
class PatchMismatchTest {
  private static final String END = ", but the chunk is marked as the end of the file";
  private static final String PASSED = ": chunks go down the file";

  static Stream<Arguments> lines() {
    return Stream.of(
        argumentSet("nothing like it", "a\nb\n", "@@\n-zz", "zz", "No line of the file comes near"),
        argumentSet("an empty file", "", "@@\n-a", "a", "No line of the file comes near"),
        argumentSet(
            "a similar line",
            "x\nint count = 1;\n",
            "@@\n-int count = 2;",
            "int count = 2;",
            "Nearest match at line 2: 'int count = 1;'"),
        argumentSet(
            "one line of three differs",
            "p\na\nb\nc\nq\n",
            "@@\n a\n-B\n c",
            "a\nB\nc",
            "Nearest match at line 2, where 2 of 3 lines agree: 'B' was expected, but line 3 is"
                + " 'b'"),
        argumentSet(
            "most lines win",
            "a\nx\nx\na\nb\nx\n",
            "@@\n a\n b\n-c",
            "a\nb\nc",
            "Nearest match at line 4, where 2 of 3 lines agree: 'c' was expected, but line 6 is"
                + " 'x'"),
        argumentSet(
            "the file is too short",
            "a\nb\n",
            "@@\n b\n-c",
            "b\nc",
            "Nearest match at line 2, where 1 of 2 lines agree: 'c' was expected,"
                + " but the file ends before line 3"),
        argumentSet(
            "the file begins later",
            "a\nb\n",
            "@@\n-z\n a",
            "z\na",
            "Nearest match at line 1, where 1 of 2 lines agree: 'z' was expected,"
                + " but the file begins after it"),
        argumentSet(
            "against the order of the file",
            "a\nb\nc\n",
            "@@\n-c\n+C\n@@\n-a\n+A",
            "a",
            "Found at line 1, but the patch has already passed line 3" + PASSED),
        argumentSet(
            "overlapping",
            "a\nb\nc\n",
            "@@\n a\n-b\n+B\n@@\n b\n-c\n+C",
            "b\nc",
            "Found at line 2, but the patch has already passed line 2" + PASSED),
        argumentSet(
            "its own context",
            "a\nb\n",
            "@@ a\n a\n-b",
            "a\nb",
            "Found at line 1, but the patch has already passed line 1" + PASSED),
        argumentSet(
            "what an earlier chunk wrote",
            "a\nb\nc\n",
            "@@\n a\n-b\n+B\n@@\n B\n-c\n+C",
            "B\nc",
            "Nearest match at line 2, where 1 of 2 lines agree: 'B' was expected, but line 2 is"
                + " 'b'"),
        argumentSet(
            "not at the end",
            "a\nb\n",
            "@@\n-a\n*** End of File",
            "a",
            "They stand at line 1" + END),
        argumentSet(
            "a blank line follows",
            "x\n\n",
            "@@\n-x\n*** End of File",
            "x",
            "They stand at line 1" + END),
        argumentSet(
            "the end has passed",
            "x\ny\n",
            "@@\n-y\n@@\n-y\n*** End of File",
            "y",
            "Found at line 2, but the patch has already passed line 2" + PASSED),
        argumentSet(
            "two blanks too many",
            "b\n",
            "@@\n b\n\n",
            "b\n\n",
            "Nearest match at line 1, where 1 of 3 lines agree: '' was expected,"
                + " but the file ends before line 2"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void theReasonNamesTheNearestPlace(String before, String chunks, String wanted, String note)
      throws Exception {
    assertThat(Plans.update(before, chunks))
        .isEqualTo("Failed to find expected lines in /w/f:\n" + wanted + "\n" + note);
  }

  static Stream<Arguments> contexts() {
    return Stream.of(
        argumentSet("nothing like it", "a\n", "@@ zz\n+b", "zz", "No line of the file comes near"),
        argumentSet(
            "part of a line",
            "class A:\n",
            "@@ class A\n+b",
            "class A",
            "Nearest match at line 1: 'class A:'"),
        argumentSet(
            "further up",
            "h\nx\n",
            "@@ h\n-x\n@@ h\n+z",
            "h",
            "Found at line 1, but the patch has already passed line 2" + PASSED),
        argumentSet(
            "ranges",
            "a\n",
            "@@ -1,2 +1,2 @@\n-a",
            "-1,2 +1,2 @@",
            "No line of the file comes near"));
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void aContextThatIsMissing(String before, String chunks, String context, String note)
      throws Exception {
    assertThat(Plans.update(before, chunks))
        .isEqualTo("Failed to find context '" + context + "' in /w/f\n" + note);
  }

  @Test
  void theReasonIsBounded() throws Exception {
    String wide = "😀".repeat(NearestMatch.LIMIT_CHARS);
    assertThat(Plans.update("b" + wide + "\n", "@@\n-a" + wide))
        .hasSizeLessThan(2 * NearestMatch.LIMIT_CHARS + 200)
        .isEqualTo(
            "Failed to find expected lines in /w/f:\na%s…\nNearest match at line 1: 'b%s…'"
                .formatted("😀".repeat(1999), "😀".repeat(1999)));
  }

  @Test
  void aLineThatIsEverywhereTellsNothing() throws Exception {
    assertThat(Plans.update("a\n".repeat(1500) + "b\n", "@@\n-a\n-c"))
        .endsWith("\nNearest match at line 1: 'a'");
  }
}
