package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatchPlannerTest {
  private static final Path F = Path.of("/w/f");
  private static final Path G = Path.of("/w/g");

  static Stream<Arguments> changes() {
    return Stream.of(
        argumentSet("add", "*** Add File: n\n+x", new FileChange.Added(path("n"), null, "x\n")),
        argumentSet("add nothing", "*** Add File: n", new FileChange.Added(path("n"), null, "")),
        argumentSet("add over", "*** Add File: f\n+x", new FileChange.Added(F, "a\nb\n", "x\n")),
        argumentSet(
            "add over bytes",
            "*** Add File: bin\n+x",
            new FileChange.Added(path("bin"), null, "x\n")),
        argumentSet(
            "add deep",
            "*** Add File: p/q/r\n+x",
            new FileChange.Added(path("p/q/r"), null, "x\n")),
        argumentSet(
            "add by a detour",
            "*** Add File: p/../n\n+x",
            new FileChange.Added(path("n"), null, "x\n")),
        argumentSet(
            "add a folder's name",
            "*** Add File: p/\n+x",
            new FileChange.Added(path("p"), null, "x\n")),
        argumentSet(
            "add outside",
            "*** Add File: /o/n\n+x",
            new FileChange.Added(Path.of("/o/n"), null, "x\n")),
        argumentSet(
            "add above",
            "*** Add File: ../n\n+x",
            new FileChange.Added(Path.of("/n"), null, "x\n")),
        argumentSet(
            "quotes are text",
            "*** Add File: \"n\"\n+x",
            new FileChange.Added(path("\"n\""), null, "x\n")),
        argumentSet("delete", "*** Delete File: ./f", new FileChange.Deleted(F, "a\nb\n")),
        argumentSet(
            "update",
            "*** Update File: f\n@@\n-a\n+A",
            new FileChange.Updated(F, null, "a\nb\n", "A\nb\n")),
        argumentSet(
            "update twice",
            "*** Update File: f\n@@\n-a\n+A\n*** Update File: ./f\n@@\n-A\n+AA",
            new FileChange.Updated(F, null, "a\nb\n", "AA\nb\n")),
        argumentSet(
            "move",
            "*** Update File: f\n*** Move to: p/n\n@@\n a",
            new FileChange.Updated(F, new FileChange.Move(path("p/n"), null), "a\nb\n", "a\nb\n")),
        argumentSet(
            "move over",
            "*** Update File: f\n*** Move to: g\n@@\n-a\n+A",
            new FileChange.Updated(F, new FileChange.Move(G, "g\n"), "a\nb\n", "A\nb\n")),
        argumentSet(
            "update, then move",
            "*** Update File: f\n@@\n-a\n+A\n*** Update File: f\n*** Move to: n\n@@\n-b\n+B",
            new FileChange.Updated(F, new FileChange.Move(path("n"), null), "a\nb\n", "A\nB\n")),
        argumentSet(
            "move to itself",
            "*** Update File: f\n*** Move to: ./f\n@@\n-a\n+A",
            new FileChange.Updated(F, null, "a\nb\n", "A\nb\n")));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void oneChange(String body, FileChange expected) throws Exception {
    assertThat(plan(body)).isEqualTo(new PlanResult.Planned(List.of(expected)));
  }

  @Test
  void changesAreSortedByPath() throws Exception {
    assertThat(plan("*** Add File: z\n+z\n*** Delete File: g\n*** Update File: f\n@@\n-b\n+B"))
        .isEqualTo(
            new PlanResult.Planned(
                List.of(
                    new FileChange.Updated(F, null, "a\nb\n", "a\nB\n"),
                    new FileChange.Deleted(G, "g\n"),
                    new FileChange.Added(path("z"), null, "z\n"))));
  }

  @Test
  void anEmptyPatchChangesNothing() throws Exception {
    assertThat(Plans.plan(Map.of())).isEqualTo(new PlanResult.Planned(List.of()));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        argumentSet(
            "delete nothing", "*** Delete File: n", "Failed to delete file /w/n: no such file"),
        argumentSet(
            "delete a folder", "*** Delete File: dir", "Failed to delete file /w/dir: not a file"),
        argumentSet(
            "delete bytes",
            "*** Delete File: bin",
            "Failed to delete file /w/bin: not valid UTF-8"),
        argumentSet(
            "update nothing", update("n"), "Failed to read file to update /w/n: no such file"),
        argumentSet(
            "update a folder", update("dir"), "Failed to read file to update /w/dir: not a file"),
        argumentSet(
            "update bytes", update("bin"), "Failed to read file to update /w/bin: not valid UTF-8"),
        argumentSet(
            "add a folder", "*** Add File: dir\n+x", "Failed to write file /w/dir: not a file"),
        argumentSet(
            "move onto a folder",
            "*** Update File: f\n*** Move to: dir\n@@\n-a",
            "Failed to write file /w/dir: not a file"),
        argumentSet("no path", "*** Add File: a\0b", "invalid patch: not a path: 'a\0b'"),
        argumentSet("add twice", "*** Add File: n\n*** Add File: n", multiple("n")),
        argumentSet("delete twice", "*** Delete File: f\n*** Delete File: ./f", multiple("f")),
        argumentSet("add and update", "*** Add File: n\n+a\n" + update("n"), multiple("n")),
        argumentSet("add and delete", "*** Add File: n\n+a\n*** Delete File: n", multiple("n")),
        argumentSet("delete and add", "*** Delete File: f\n*** Add File: f\n+a", multiple("f")),
        argumentSet("delete and update", "*** Delete File: f\n" + update("f"), multiple("f")),
        argumentSet("update and delete", update("f") + "\n*** Delete File: f", multiple("f")),
        argumentSet("move and update", move("f", "n") + "\n" + update("f"), multiple("f")),
        argumentSet("move and update there", move("f", "n") + "\n" + update("n"), multiple("n")),
        argumentSet("move onto an added one", "*** Add File: n\n" + move("f", "n"), multiple("n")),
        argumentSet(
            "two moves to one place", move("f", "n") + "\n" + move("h", "n"), multiple("n")),
        argumentSet("a swap", move("f", "h") + "\n" + move("h", "f"), multiple("h")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalSaysWhy(String body, String reason) throws Exception {
    assertThat(plan(body)).isEqualTo(new PlanResult.Refused(reason));
  }

  @Test
  void oneMisfitRefusesAll() throws Exception {
    assertThat(plan("*** Add File: n\n+x\n*** Update File: f\n@@\n-a\n+A\n@@\n-zz"))
        .isEqualTo(
            new PlanResult.Refused(
                "Failed to find expected lines in /w/f:\nzz\nNo line of the file comes near"));
  }

  @Test
  void anInterruptedReadIsPassedOn() {
    assertThatThrownBy(() ->
            PatchPlanner.plan(
                Plans.parse(PatchParserTest.patch("*** Delete File: f")),
                Plans.FOLDER,
                _ -> {
                  throw new InterruptedException("now");
                }))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void theSummaryNamesEveryOperation() {
    assertThat(
            Plans.parse(
                    PatchParserTest.patch(
                        "*** Delete File: d",
                        update("./f"),
                        move("m", "p/n"),
                        update("f"),
                        "*** Add File: z",
                        "*** Add File: b"))
                .summary())
        .isEqualTo("Success. Updated the following files:\nA z\nA b\nM ./f\nM p/n\nM f\nD d\n");
  }

  private static PlanResult plan(String body) throws Exception {
    return Plans.plan(
        Map.of("f", "a\nb\n", "g", "g\n", "h", "a\n", "bin", "<binary>", "dir", "<folder>"), body);
  }

  private static Path path(String name) {
    return Plans.FOLDER.resolve(name);
  }

  private static String update(String name) {
    return "*** Update File: " + name + "\n@@\n-a\n+A";
  }

  private static String move(String name, String target) {
    return "*** Update File: " + name + "\n*** Move to: " + target + "\n@@\n-a\n+A";
  }

  private static String multiple(String name) {
    return "invalid patch: multiple operations target /w/" + name;
  }
}
