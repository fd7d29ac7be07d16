package dev.codexlsp.core.skill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillLoaderTest {
  @TempDir Path folder;
  private Path home;
  private Path user;
  private Path project;
  private SkillLoader loader;

  @BeforeEach
  void homes() throws IOException {
    folder = folder.toRealPath();
    home = Files.createDirectory(folder.resolve("home"));
    user = Files.createDirectory(folder.resolve("user"));
    project = Files.createDirectories(folder.resolve("project/sub"));
    Files.createDirectory(folder.resolve("project/.git"));
    loader = new SkillLoader(home, user);
  }

  private static Path skill(Path folder, String name, String description) throws IOException {
    Path file = Files.createDirectories(folder).resolve("SKILL.md");
    return Files.writeString(
        file, "---\nname: %s\ndescription: %s\n---\nDo it.\n".formatted(name, description));
  }

  private Skills load(String config) throws Exception {
    Files.writeString(home.resolve("config.toml"), config);
    Config read = new ConfigLoader(home, user).load();
    return loader.load(project, read);
  }

  @Test
  void everyRootCountsFromTheProjectToTheProgram() throws Exception {
    Path root = folder.resolve("project");
    skill(root.resolve(".agents/skills/a"), "a", "d");
    skill(root.resolve(".codex/skills/b"), "b", "d");
    skill(project.resolve(".agents/skills/c"), "c", "d");
    skill(project.resolve("inner/.agents/skills/not"), "not", "d");
    skill(folder.resolve(".agents/skills/not"), "not", "d");
    skill(home.resolve("skills"), "own", "d");
    skill(home.resolve("skills/.system/bundled"), "bundled", "d");
    skill(home.resolve("skills/.hidden"), "hidden", "d");
    skill(user.resolve(".agents/skills/u"), "u", "d");
    assertThat(load("").all())
        .extracting(skill -> skill.scope() + " " + skill.name())
        .containsExactly("REPO a", "REPO b", "REPO c", "USER own", "USER u", "SYSTEM bundled");
    assertThat(load("[skills.bundled]\nenabled = false").all())
        .extracting(Skill::scope)
        .doesNotContain(Skill.Scope.SYSTEM);
  }

  @Test
  void aSkillIsWhatItsFileSays() throws Exception {
    Path file = skill(home.resolve("skills/dir"), "named", "says: what");
    assertThat(load("").all())
        .containsExactly(
            new Skill(
                "named",
                "says: what",
                null,
                file,
                home.resolve("skills"),
                Path.of("dir/SKILL.md"),
                Skill.Scope.USER,
                true));
  }

  @Test
  void foldersDeeperThanSixAreNotLookedInto() throws Exception {
    skill(home.resolve("skills/1/2/3/4/5/6"), "six", "d");
    skill(home.resolve("skills/1/2/3/4/5/6/7"), "seven", "d");
    assertThat(load("").all()).extracting(Skill::name).containsExactly("six");
  }

  @Test
  void linksAreFollowedOnceAndCirclesEnd() throws Exception {
    Path target = skill(folder.resolve("elsewhere"), "linked", "d");
    Path skills = Files.createDirectories(home.resolve("skills"));
    Files.createSymbolicLink(skills.resolve("one"), target.getParent());
    Files.createSymbolicLink(skills.resolve("two"), target.getParent());
    Files.createSymbolicLink(skills.resolve("circle"), skills);
    assertThat(load("").all()).extracting(Skill::path).containsExactly(target);
  }

  @Test
  void whatIsBrokenIsSaidAndTheRestCounts() throws Exception {
    skill(home.resolve("skills/good"), "good", "d");
    Path empty = Files.createDirectories(home.resolve("skills/empty")).resolve("SKILL.md");
    Files.writeString(empty, "");
    Path binary = Files.createDirectories(home.resolve("skills/binary")).resolve("SKILL.md");
    Files.write(binary, new byte[] {'-', '-', '-', '\n', (byte) 0xFF});
    Path large = Files.createDirectories(home.resolve("skills/large")).resolve("SKILL.md");
    Files.write(large, "x".repeat(SkillLoader.MAX_BYTES + 1).getBytes(UTF_8));
    Files.createDirectories(home.resolve("skills/folder/SKILL.md"));
    Skills skills = load("");
    assertThat(skills.all()).extracting(Skill::name).containsExactly("good");
    assertThat(skills.errors())
        .containsExactly(
            new Skills.Broken(binary, "failed to read file: not UTF-8"),
            new Skills.Broken(empty, "missing YAML frontmatter delimited by ---"),
            new Skills.Broken(large, "larger than " + SkillLoader.MAX_BYTES + " bytes"));
  }

  @Test
  void aChangedFileIsReadAgain() throws Exception {
    Path file = skill(home.resolve("skills/a"), "a", "before");
    assertThat(load("").all()).extracting(Skill::description).containsExactly("before");
    skill(home.resolve("skills/a"), "a", "behind");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    assertThat(load("").all()).extracting(Skill::description).containsExactly("behind");
  }

  @Test
  void theLastSwitchThatFitsCounts() throws Exception {
    Path file = skill(home.resolve("skills/a"), "a", "d");
    skill(home.resolve("skills/b"), "b", "d");
    assertThat(
            load("""
            [[skills.config]]
            path = "%s"
            enabled = false
            [[skills.config]]
            name = "b"
            enabled = false
            [[skills.config]]
            name = "b"
            enabled = true
            """
                    .formatted(file.getParent()))
                .enabled())
        .extracting(Skill::name)
        .containsExactly("b");
  }

  @Test
  void aNameThatTwoHaveMeansTheOneThatIsOn() throws Exception {
    Path one = skill(home.resolve("skills/1"), "same", "first");
    Path two = skill(home.resolve("skills/2"), "same", "second");
    assertThat(load("").named("same")).isNull();
    Skills skills = load("[[skills.config]]\npath = \"%s\"\nenabled = false".formatted(one));
    assertThat(skills.named("same")).isEqualTo(skills.at(two));
    assertThat(skills.named("other")).isNull();
  }
}
