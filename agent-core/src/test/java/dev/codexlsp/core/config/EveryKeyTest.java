package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.config.ConfigKey.Use;
import dev.codexlsp.core.config.KeyWorld.Seen;
import dev.codexlsp.core.config.KeyWorld.Talk;
import dev.codexlsp.core.toml.TomlText;
import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every key that we say we obey changes something that can be seen from outside: an agent with the
/// key and one without it do the same, and what is looked at differs as it should.
@Timeout(120)
class EveryKeyTest {
  private static final Path CONVERSATIONS =
      Path.of("../lsp-server/src/test/resources/conversations");

  /// What takes its time is seen once, in the conversation of that name.
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "background_terminal_max_timeout", "terminal-limit.txt",
          "model_providers.NAME.stream_idle_timeout_ms", "model-idle-timeout.txt");

  @TempDir private Path folder;

  static Stream<KeyRow> rows() {
    return KeyRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void changesWhatItShould(KeyRow row) throws Exception {
    assertThat(row.with()).isNotEqualTo(row.without());
    assertThat(seen(row, true)).isEqualTo(row.with());
    if (!row.without().isEmpty()) {
      assertThat(seen(row, false)).isEqualTo(row.without());
    }
  }

  private String seen(KeyRow row, boolean hasKey) throws Exception {
    Path place = Files.createDirectory(folder.resolve(hasKey ? "with" : "without")).toRealPath();
    try (KeyWorld world = new KeyWorld(place, row.toml(hasKey), row.script())) {
      return row.probe().apply(world.play(row.talk(), Map.of()));
    }
  }

  @Test
  void noKeyIsLeftOut() throws Exception {
    List<String> tested = new ArrayList<>(KeyRows.all().map(KeyRow::name).toList());
    for (Map.Entry<String, String> other : ELSEWHERE.entrySet()) {
      assertThat(isSet(other.getKey(), CONVERSATIONS.resolve(other.getValue()))).isTrue();
      tested.add(other.getKey());
    }
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            ConfigKeys.ALL.stream()
                .filter(key -> key.use() == Use.READ)
                .map(ConfigKey::name)
                // A table is obeyed where its keys are.
                .filter(name -> !name.equals("model_providers.NAME"))
                .toList());
  }

  /// Whether the configuration of a conversation really has the key.
  private static boolean isSet(String name, Path conversation) throws Exception {
    String text = Files.readString(conversation);
    int begin = text.indexOf("== config\n") + "== config\n".length();
    TomlValue.Table table =
        TomlText.parse(
            text.substring(begin, text.indexOf("\n== ", begin)), new ConfigSource.SessionFlags());
    List<String> path = List.of(name.replace("NAME", "mock").split("\\.", -1));
    return table.at(path) != null;
  }

  /// The configuration of one thread goes before the file's, also when the file changes.
  @Test
  void aThreadsOwnConfiguration() throws Exception {
    KeyRow row = KeyRow.row("model_verbosity", "'high'", KeyRow.body("text.verbosity"));
    Path place = folder.toRealPath();
    try (KeyWorld world = new KeyWorld(place, row.toml(true), row.script())) {
      Map<String, ?> wishes =
          Map.of(
              "model_verbosity", "medium",
              "model_reasoning_effort", "low",
              "shell_environment_policy", Map.of("set", Map.of("A", "1")));
      Seen seen = world.play(Talk.TURN, wishes);
      assertThat(row.probe().apply(seen)).isEqualTo("medium");
      assertThat(KeyRow.body("reasoning.effort").apply(seen)).isEqualTo("low");
      assertThat(seen.opened().effort()).isEqualTo("low");
      assertThat(seen.config().answers().verbosity()).isEqualTo("high");
    }
  }
}
