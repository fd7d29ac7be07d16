package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the changes of one turn look like together. The texts are the original's for the same
/// changes.
class TurnDiffPatchTest {
  private static final String NONE = "0".repeat(40);
  private static final String EMPTY = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
  private static final String A = "78981922613b2afb6025042ff6bd878ac1994e85";
  private static final String B = "61780798228d17af2d34fce4cfbdf35556832472";
  private static final String C = "f2ad6c76f0115a6ba5b00456a849810e7ec0af20";

  private static final String DELETED_F =
      "diff --git a/f b/f\ndeleted file mode 100644\nindex "
          + (A + ".." + NONE)
          + "\n--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";

  static Stream<Arguments> turns() {
    return Stream.of(
        argumentSet("nothing", List.of(), ""),
        argumentSet("add", List.of(add("g", null, "a\n")), added("g", A, "a")),
        argumentSet(
            "add nothing",
            List.of(add("g", null, "")),
            "diff --git a/g b/g\nnew file mode 100644\nindex " + NONE + ".." + EMPTY + "\n"),
        argumentSet("add outside", List.of(add("/o/g", null, "a\n")), added("/o/g", A, "a")),
        argumentSet("add over", List.of(add("f", "a\n", "b\n")), updated("f", "f", B, "b")),
        argumentSet("delete", List.of(delete("f", "a\n")), DELETED_F),
        argumentSet("update", List.of(update("f", "a\n", "b\n")), updated("f", "f", B, "b")),
        argumentSet(
            "update twice",
            List.of(update("f", "a\n", "b\n"), update("f", "b\n", "c\n")),
            updated("f", "f", C, "c")),
        argumentSet(
            "update and back", List.of(update("f", "a\n", "b\n"), update("f", "b\n", "a\n")), ""),
        argumentSet("add and delete", List.of(add("g", null, "a\n"), delete("g", "a\n")), ""),
        argumentSet(
            "update and delete", List.of(update("f", "a\n", "b\n"), delete("f", "b\n")), DELETED_F),
        argumentSet("move", List.of(move("f", "g", null, "a\n", "b\n")), updated("f", "g", B, "b")),
        argumentSet(
            "move and back",
            List.of(move("f", "g", null, "a\n", "b\n"), move("g", "f", null, "b\n", "c\n")),
            updated("f", "f", C, "c")),
        argumentSet(
            "move twice",
            List.of(move("f", "g", null, "a\n", "b\n"), move("g", "h", null, "b\n", "c\n")),
            updated("f", "h", C, "c")),
        argumentSet(
            "move and update",
            List.of(move("f", "g", null, "a\n", "b\n"), update("g", "b\n", "c\n")),
            updated("f", "g", C, "c")),
        argumentSet(
            "add and move",
            List.of(add("g", null, "a\n"), move("g", "h", null, "a\n", "b\n")),
            added("h", B, "b")),
        argumentSet(
            "move over",
            List.of(move("f", "h", "a\n", "a\n", "b\n")),
            DELETED_F + updated("h", "h", B, "b")),
        argumentSet(
            "move, and another takes the new place",
            List.of(move("f", "g", null, "a\n", "b\n"), add("g", "b\n", "c\n")),
            DELETED_F + added("g", C, "c")),
        argumentSet(
            "move, and another takes the old place",
            List.of(move("f", "g", null, "a\n", "b\n"), add("f", null, "c\n")),
            updated("f", "f", C, "c") + added("g", B, "b")),
        argumentSet(
            "move, and the other one too",
            List.of(
                move("f", "g", null, "a\n", "b\n"),
                add("f", null, "a\n"),
                move("f", "h", null, "a\n", "c\n")),
            added("g", B, "b") + updated("f", "h", C, "c")),
        argumentSet(
            "move and delete",
            List.of(move("f", "g", null, "a\n", "b\n"), delete("g", "b\n")),
            DELETED_F),
        argumentSet(
            "by path",
            List.of(add("z", null, "a\n"), add("b", null, "a\n")),
            added("b", A, "a") + added("z", A, "a")));
  }

  @ParameterizedTest
  @MethodSource("turns")
  void allAtOnce(List<FileChange> changes, String expected) {
    TurnDiff diff = new TurnDiff(Plans.FOLDER);
    diff.apply(changes);
    assertThat(diff.text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("turns")
  void oneByOne(List<FileChange> changes, String expected) {
    TurnDiff diff = new TurnDiff(Plans.FOLDER);
    for (FileChange change : changes) {
      diff.apply(List.of(change));
      diff.text();
    }
    assertThat(diff.text()).isEqualTo(expected).isEqualTo(diff.text());
  }

  @Test
  void threeLinesOfContext() {
    TurnDiff diff = new TurnDiff(Plans.FOLDER);
    diff.apply(List.of(update("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n")));
    assertThat(diff.text()).endsWith("\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
  }

  private static String added(String name, String blob, String line) {
    return "diff --git a/%1$s b/%1$s\nnew file mode 100644\nindex %2$s..%3$s\n--- /dev/null\n+++ b/%1$s\n@@ -0,0 +1 @@\n+%4$s\n"
        .formatted(name, NONE, blob, line);
  }

  /// From the file that holds `a`.
  private static String updated(String oldName, String name, String blob, String line) {
    return "diff --git a/%1$s b/%2$s\nindex %3$s..%4$s\n--- a/%1$s\n+++ b/%2$s\n@@ -1 +1 @@\n-a\n+%5$s\n"
        .formatted(oldName, name, A, blob, line);
  }

  private static FileChange add(String name, @Nullable String replaced, String content) {
    return new FileChange.Added(path(name), replaced, content);
  }

  private static FileChange delete(String name, String content) {
    return new FileChange.Deleted(path(name), content);
  }

  private static FileChange update(String name, String before, String after) {
    return new FileChange.Updated(path(name), null, before, after);
  }

  private static FileChange move(
      String name, String target, @Nullable String replaced, String before, String after) {
    return new FileChange.Updated(
        path(name), new FileChange.Move(path(target), replaced), before, after);
  }

  private static Path path(String name) {
    return Plans.FOLDER.resolve(name);
  }
}
