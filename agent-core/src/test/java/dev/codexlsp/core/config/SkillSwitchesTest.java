package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.config.SkillSwitches.Choice;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkillSwitchesTest {
  private static final Choice FOO = new Choice(null, "foo");

  @TempDir Path home;

  private boolean turn(Choice choice, boolean on) throws Exception {
    return new SkillSwitches(new ConfigLoader(home, home)).turn(choice, on);
  }

  private String text() throws Exception {
    return Files.readString(home.resolve("config.toml"));
  }

  @Test
  void offAndOnAgainLeavesTheRestAsItIs() throws Exception {
    Path file = home.resolve("SKILL.md");
    Files.writeString(home.resolve("config.toml"), "# mine\nmodel = 'm'  # the best\n");

    assertThat(turn(FOO, false)).isFalse();
    assertThat(turn(new Choice(file, null), false)).isFalse();
    assertThat(turn(FOO, false)).isFalse();
    assertThat(new ConfigLoader(home, home).load().skills().switches())
        .containsExactly(
            new Config.SkillSwitch(file, null, false), new Config.SkillSwitch(null, "foo", false));

    assertThat(turn(FOO, true)).isTrue();
    assertThat(turn(new Choice(file, null), true)).isTrue();
    assertThat(new ConfigLoader(home, home).load().skills().switches()).isEmpty();
    assertThat(text()).startsWith("# mine\nmodel = 'm'  # the best\n").doesNotContain("foo");
  }

  @Test
  void withoutAFileOneIsMade() throws Exception {
    assertThat(turn(FOO, true)).isTrue();
    assertThat(turn(FOO, false)).isFalse();
    assertThat(text()).contains("foo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[skills.config]]\nname = \"foo\"\nenabled = true\n",
        "[skills]\nconfig = [{ name = \"foo\", enabled = true }]\n"
      })
  void whatIsThereIsReplacedInWhateverFormItHas(String toml) throws Exception {
    Files.writeString(home.resolve("config.toml"), toml + "\n[features]\nx = true\n");

    assertThat(turn(FOO, false)).isFalse();
    assertThat(new ConfigLoader(home, home).load().skills().switches())
        .containsExactly(new Config.SkillSwitch(null, "foo", false));
    assertThat(text()).contains("[features]\nx = true\n");
  }

  @Test
  void aChoiceIsOneThing() {
    assertThatThrownBy(() -> new Choice(null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("skills/config/write requires exactly one of path or name");
  }
}
