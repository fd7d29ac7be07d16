package dev.codexlsp.core.skill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkillTextTest {
  private static Skill skill(String root, String name, String description) {
    return new Skill(
        name,
        description,
        null,
        Path.of(root, name, "SKILL.md"),
        Path.of(root),
        Path.of(name, "SKILL.md"),
        Skill.Scope.USER,
        true);
  }

  @Test
  void eachSkillIsARowAndItsFolderATable() {
    String text =
        SkillText.list(
            List.of(skill("/r", "a", "does <a>"), skill("/s", "b", "b"), skill("/r", "c", "c")));
    assertThat(text)
        .startsWith("<skills_instructions>\n")
        .endsWith(
            """
            Folders:
            - r0 = `/r`
            - r1 = `/s`
            Skills:
            - a: does &lt;a> (file: r0/a/SKILL.md)
            - b: b (file: r1/b/SKILL.md)
            - c: c (file: r0/c/SKILL.md)
            </skills_instructions>\
            """);
  }

  @Test
  void nothingIsSaidOfNoSkills() {
    assertThat(SkillText.list(List.of())).isNull();
  }

  @Test
  void aLongListIsCutAndSaysSo() {
    String text =
        SkillText.list(
            IntStream.range(0, 500)
                .mapToObj(i -> skill("/r", "s" + i, "d".repeat(2_000)))
                .toList());
    assertThat(text).hasSizeLessThan(SkillText.MAX_LENGTH + 200).contains("- and 486 more;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "use $foo, please | foo",
        "$a and $b-c.d $a | a b-c",
        "$FOO_1:x | FOO_1:x",
        "costs 5$ | \"\"",
        "$ foo | \"\"",
      })
  void namesStandBehindADollar(String words, String names) {
    assertThat(String.join(" ", SkillText.named(words))).isEqualTo(names);
  }

  @Test
  void aBodyIsTheWholeFile() {
    assertThat(SkillText.body(skill("/r", "a", "d"), "text\n"))
        .isEqualTo("<skill>\n<name>a</name>\n<path>/r/a/SKILL.md</path>\ntext\n\n</skill>");
  }
}
