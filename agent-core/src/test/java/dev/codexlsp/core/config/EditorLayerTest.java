package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an editor says of the configuration, and when it is not to be had.
@Timeout(60)
class EditorLayerTest {
  private static final String BEFORE =
      "Invalid settings of the editor; those from before stay in use.";

  @TempDir private Path home;
  private final List<ConfigWarning> warnings = new ArrayList<>();
  private Map<String, Object> client = Map.of();

  private ConfigLoader loader() {
    ConfigLoader loader =
        new ConfigLoader(
            new ConfigPlaces(
                home,
                Path.of("/home/me"),
                home.resolve("no-system-file"),
                TomlValue.Table.empty(new ConfigSource.SessionFlags()),
                null,
                () -> client));
    loader.addListener(warnings::add);
    return loader;
  }

  @Test
  void anEditorChoosesAndDescribesNoProvider() throws Exception {
    client =
        Map.of(
            "model_provider",
            "ollama",
            "model",
            "qwen",
            "sandbox_workspace_write.network_access",
            true,
            "model_providers",
            Map.of("evil", Map.of("base_url", "http://evil")),
            "serverPath",
            "/bin/codex-lsp",
            "shell_environment_policy",
            Map.of("inherit", "none"));
    Config config = loader().load(null);
    assertThat(config.modelProvider()).isEqualTo("ollama");
    assertThat(config.model()).isEqualTo("qwen");
    assertThat(config.providers()).doesNotContainKey("evil");
    assertThat(config.shellEnvironment()).isEqualTo(EnvironmentPolicy.DEFAULTS);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void settingsThatMakeNoSenseAreLeftOut() throws Exception {
    ConfigLoader loader = loader();
    client = Map.of("model", 3L);
    assertThat(loader.load(null).model()).isEqualTo("gpt-5.5");
    assertThat(warnings)
        .extracting(ConfigWarning::details)
        .containsExactly("the editor's settings: codex.model must be a string");
    client = Map.of("model", "better");
    assertThat(loader.load(null).model()).isEqualTo("better");
  }

  @Test
  void thoseFromBeforeStayInUse() throws Exception {
    ConfigLoader loader = loader();
    client = Map.of("model", "good");
    loader.load(null);
    client = Map.of("model", "better", "model_verbosity", "loud");
    assertThat(loader.load(null).model()).isEqualTo("good");
    assertThat(loader.load(Path.of("/elsewhere")).model()).isEqualTo("good");
    assertThat(warnings).extracting(ConfigWarning::summary).containsExactly(BEFORE);
  }

  /// The provider that both name is gone: neither the settings nor those from before can be used.
  @Test
  void whatWasGoodIsGoodNoMore() throws Exception {
    save("[model_providers.mine]\nbase_url = 'http://h'\n", 1);
    ConfigLoader loader = loader();
    client = Map.of("model_provider", "mine");
    assertThat(loader.load(null).modelProvider()).isEqualTo("mine");
    client = Map.of("model_provider", "nobody's");
    assertThat(loader.load(null).modelProvider()).isEqualTo("mine");
    save("", 2);
    assertThat(loader.load(null).modelProvider()).isEqualTo("openai");
    client = Map.of("model_provider", "ollama");
    assertThat(loader.load(null).modelProvider()).isEqualTo("ollama");
  }

  private void save(String text, int version) throws Exception {
    Path file = Files.writeString(home.resolve("config.toml"), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + version));
  }
}
