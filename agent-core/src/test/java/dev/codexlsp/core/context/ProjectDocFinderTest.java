package dev.codexlsp.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.exec.local.LocalBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectDocFinderTest {
  private static final Config.Docs RULES = new Config.Docs(32 * 1024, List.of(), List.of(".git"));

  @TempDir Path folder;
  private final LocalBackend backend = new LocalBackend(Duration.ofMillis(200), Map.of());

  @AfterEach
  void close() {
    backend.close();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ProjectDocs find(String cwd, Config.Docs rules) throws Exception {
    Path directory = Files.createDirectories(folder.resolve(cwd));
    return new ProjectDocFinder(folder.resolve("home")).find(directory, backend.files(), rules);
  }

  private List<String> sources(ProjectDocs docs) {
    return docs.sources().stream().map(file -> folder.relativize(file).toString()).toList();
  }

  static Stream<Arguments> discovery() {
    return Stream.of(
        Arguments.of("nothing", List.of(), List.of()),
        Arguments.of(
            "from the root down, not beside, above or below",
            List.of(
                "AGENTS.md", "p/AGENTS.md", "p/a/AGENTS.md", "p/b/AGENTS.md", "p/a/c/x/AGENTS.md"),
            List.of("p/AGENTS.md", "p/a/AGENTS.md")),
        Arguments.of(
            "the override goes first, the fallback last",
            List.of("p/AGENTS.md", "p/AGENTS.override.md", "p/a/OTHER.md", "p/a/MORE.md"),
            List.of("p/AGENTS.override.md", "p/a/MORE.md")),
        Arguments.of(
            "the user's own file",
            List.of("home/AGENTS.md", "p/a/c/AGENTS.md"),
            List.of("home/AGENTS.md", "p/a/c/AGENTS.md")),
        Arguments.of(
            "the user's own override",
            List.of("home/AGENTS.md", "home/AGENTS.override.md"),
            List.of("home/AGENTS.override.md")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("discovery")
  void filesAreFoundInOrder(String name, List<String> files, List<String> found) throws Exception {
    Files.createDirectories(folder.resolve("p/.git"));
    for (String file : files) {
      write(file, "text of " + file);
    }
    Config.Docs rules = new Config.Docs(1_000, List.of("MORE.md", "OTHER.md"), List.of(".git"));
    assertThat(sources(find("p/a/c", rules))).as(name).isEqualTo(found);
  }

  @Test
  void withoutARootOnlyTheFolderItselfCounts() throws Exception {
    write("p/AGENTS.md", "p");
    write("p/a/AGENTS.md", "a");
    assertThat(sources(find("p/a", new Config.Docs(1_000, List.of(), List.of(".no-such-marker")))))
        .containsExactly("p/a/AGENTS.md");
    assertThat(sources(find("p/a", new Config.Docs(1_000, List.of(), List.of()))))
        .containsExactly("p/a/AGENTS.md");
  }

  @Test
  void anyMarkerMakesARoot() throws Exception {
    write("p/pom.xml", "");
    write("p/AGENTS.md", "p");
    Config.Docs rules = new Config.Docs(1_000, List.of(), List.of(".hg", "pom.xml"));
    assertThat(sources(find("p/a", rules))).containsExactly("p/AGENTS.md");
  }

  @Test
  void theFilesOfAProjectShareOneBudgetAndTheUsersIsNotCharged() throws Exception {
    Files.createDirectories(folder.resolve("p/.git"));
    write("home/AGENTS.md", "g".repeat(40_000));
    write("p/AGENTS.md", "x".repeat(40_000));
    write("p/a/AGENTS.md", "deeper");
    ProjectDocs docs = find("p/a", RULES);
    assertThat(sources(docs)).containsExactly("home/AGENTS.md", "p/AGENTS.md");
    assertThat(docs.project().getFirst().text()).hasSize(32 * 1024);
    assertThat(docs.render()).contains("g".repeat(40_000));
    assertThat(sources(find("p/a", new Config.Docs(0, List.of(), List.of(".git")))))
        .containsExactly("home/AGENTS.md");
  }

  @Test
  void aCharacterIsNotCutInTwo() throws Exception {
    write("p/AGENTS.md", "a€b");
    for (int limit = 1; limit <= 3; limit++) {
      ProjectDocs docs = find("p", new Config.Docs(limit, List.of(), List.of()));
      assertThat(docs.project().getFirst().text()).isEqualTo("a");
    }
  }

  @Test
  void whatSaysNothingOrIsNoFileIsPassedOver() throws Exception {
    write("p/AGENTS.override.md", " \n");
    Files.createDirectories(folder.resolve("p/AGENTS.md"));
    write("p/MORE.md", "more");
    Config.Docs rules = new Config.Docs(1_000, List.of("MORE.md"), List.of(".git"));
    assertThat(sources(find("p", rules))).containsExactly("p/MORE.md");
  }

  @Test
  void theMessageHasTheFormOfTheOriginal() throws Exception {
    Files.createDirectories(folder.resolve("p/.git"));
    write("home/AGENTS.md", "GLOBAL\n");
    write("p/AGENTS.md", "PROJ\n");
    write("p/a/AGENTS.md", "SUB\n");
    String text = find("p/a", RULES).render();
    assertThat(text)
        .isEqualTo(
            """
            # AGENTS.md instructions for %s

            <INSTRUCTIONS>
            GLOBAL

            --- project-doc ---

            PROJ


            SUB

            </INSTRUCTIONS>\
            """
                .formatted(folder.resolve("p/a")));
    Files.delete(folder.resolve("home/AGENTS.md"));
    assertThat(find("p", RULES).render()).contains("<INSTRUCTIONS>\nPROJ\n\n</INSTRUCTIONS>");
    assertThat(find("elsewhere", RULES).render()).isNull();
  }
}
