package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the `fileChange` item shows of an update. The first cases are as the original shows them.
class PatchDiffTest {
  private static final Pattern RANGE = Pattern.compile("@@ -(\\d+)(,\\d+)? \\+.* @@");
  private static final String OPEN = "\\ No newline at end of file\n";

  static Stream<Arguments> diffs() {
    String numbers = lines(0, 20);
    return Stream.of(
        argumentSet("one line", "x\n", "y\n", "@@ -1 +1 @@\n-x\n+y\n"),
        argumentSet("into nothing", "", "1\n", "@@ -0,0 +1 @@\n+1\n"),
        argumentSet("all gone", "1\n2\n", "", "@@ -1,2 +0,0 @@\n-1\n-2\n"),
        argumentSet("nothing", "a\n", "a\n", ""),
        argumentSet(
            "near and far",
            numbers,
            numbers.replace("l3\n", "L3\n").replace("l5\n", "L5\n").replace("l8\n", "L8\n")
                + "end\n",
            """
            @@ -3,8 +3,8 @@
             l2
            -l3
            +L3
             l4
            -l5
            +L5
             l6
             l7
            -l8
            +L8
             l9
            @@ -20 +20,2 @@
             l19
            +end
            """),
        argumentSet(
            "endings are text",
            "a\r\nb\r\nc",
            "a\r\nB\r\nc\r\n",
            "@@ -1,3 +1,3 @@\n a\r\n-b\r\n-c\n" + OPEN + "+B\r\n+c\r\n"),
        argumentSet("the end stays open", "a\nb", "A\nb", "@@ -1,2 +1,2 @@\n-a\n+A\n b\n" + OPEN),
        argumentSet(
            "a line that moves", "a\nb\nc\n", "b\nc\na\n", "@@ -1,3 +1,3 @@\n-a\n b\n c\n+a\n"),
        argumentSet(
            "between equal lines",
            "}\n}\nx\n}\n",
            "}\n}\ny\n}\n",
            "@@ -2,3 +2,3 @@\n }\n-x\n+y\n }\n"),
        argumentSet("put in between", "a\nb\n", "a\nx\nb\n", "@@ -1,2 +1,3 @@\n a\n+x\n b\n"));
  }

  @ParameterizedTest
  @MethodSource("diffs")
  void oneLineOfContext(String before, String after, String diff) {
    assertThat(new FileChange.Updated(Plans.FOLDER, null, before, after).diff()).isEqualTo(diff);
  }

  @ParameterizedTest
  @MethodSource("diffs")
  void aMoveSaysWhereTo(String before, String after, String diff) {
    FileChange.Move move = new FileChange.Move(Plans.FOLDER.resolve("g"), null);
    assertThat(new FileChange.Updated(Plans.FOLDER, move, before, after).diff())
        .isEqualTo(diff + "\n\nMoved to: /w/g");
  }

  static Stream<Arguments> texts() {
    Random random = new Random(4);
    return IntStream.range(0, 60)
        .mapToObj(i ->
            argumentSet(
                "texts " + i,
                text(random, random.nextInt(1 + i * 10), 1 + i % 9),
                text(random, random.nextInt(1 + i * 10), 1 + i % 7)));
  }

  /// Whatever a diff looks like, it must lead from the one text to the other.
  @ParameterizedTest
  @MethodSource("texts")
  void aDiffLeadsFromOneTextToTheOther(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> result = new ArrayList<>();
    int next = 0;
    for (String line : UnifiedDiff.between(before, after, 1).lines().toList()) {
      switch (line.charAt(0)) {
        case '@' -> {
          Matcher range = RANGE.matcher(line);
          assertThat(range.matches()).isTrue();
          int start = Integer.parseInt(range.group(1)) - (",0".equals(range.group(2)) ? 0 : 1);
          result.addAll(old.subList(next, start));
          next = start;
        }
        case '+' -> result.add(line.substring(1));
        case '-' -> assertThat(line.substring(1)).isEqualTo(old.get(next++));
        default -> {
          assertThat(line).isEqualTo(" " + old.get(next));
          result.add(old.get(next++));
        }
      }
    }
    result.addAll(old.subList(next, old.size()));
    assertThat(result).isEqualTo(after.lines().toList());
  }

  private static String text(Random random, int lines, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("w").append(random.nextInt(words)).append('\n');
    }
    return text.toString();
  }

  private static String lines(int from, int to) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(from, to).forEach(i -> lines.append('l').append(i).append('\n'));
    return lines.toString();
  }
}
