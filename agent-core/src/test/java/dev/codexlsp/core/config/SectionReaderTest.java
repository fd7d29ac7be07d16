package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.config.Config.CompactScope;
import dev.codexlsp.core.config.Config.CredentialStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The keys that are read in groups.
class SectionReaderTest {
  private static final Path FILE = Path.of("/codex-home/config.toml");

  @Test
  void context() throws Exception {
    String text =
        """
        model_context_window = 32_768
        model_auto_compact_token_limit = 30000
        model_auto_compact_token_limit_scope = "body_after_prefix"
        tool_output_token_limit = 2000
        """;
    assertThat(read(text).context())
        .isEqualTo(new Config.Context(32_768L, 30_000L, CompactScope.BODY_AFTER_PREFIX, 2_000));
  }

  @Test
  void prompt() throws Exception {
    String text =
        """
        instructions = "be brief"
        model_instructions_file = "base.md"
        developer_instructions = "use tabs"
        compact_prompt = "sum up"
        include_permissions_instructions = false
        include_environment_context = false
        include_collaboration_mode_instructions = false
        """;
    assertThat(read(text).prompt())
        .isEqualTo(
            new Config.Prompt(
                "be brief",
                Path.of("/codex-home/base.md"),
                "use tabs",
                "sum up",
                false,
                false,
                false));
  }

  @Test
  void docs() throws Exception {
    String text =
        """
        project_doc_max_bytes = 0
        project_doc_fallback_filenames = ["CLAUDE.md", "README.md"]
        project_root_markers = []
        """;
    assertThat(read(text).docs())
        .isEqualTo(new Config.Docs(0, List.of("CLAUDE.md", "README.md"), List.of()));
  }

  @Test
  void answers() throws Exception {
    String text =
        """
        model_reasoning_summary = "none"
        model_verbosity = "high"
        service_tier = "flex"
        personality = "friendly"
        plan_mode_reasoning_effort = "high"
        review_model = "gpt-5.5-pro"
        """;
    assertThat(read(text).answers())
        .isEqualTo(
            new Config.Answers(
                "none", "high", "flex", Config.Personality.FRIENDLY, "high", "gpt-5.5-pro"));
  }

  @Test
  void skills() throws Exception {
    String text =
        """
        [skills]
        include_instructions = false
        bundled.enabled = false
        [[skills.config]]
        path = "~/skills/a"
        enabled = false
        [[skills.config]]
        name = "b"
        """;
    assertThat(read(text).skills())
        .isEqualTo(
            new Config.Skills(
                false,
                false,
                List.of(
                    new Config.SkillSwitch(Path.of("/home/me/skills/a"), null, false),
                    new Config.SkillSwitch(null, "b", true))));
  }

  @Test
  void storageAndTerminals() throws Exception {
    String text =
        """
        cli_auth_credentials_store = "ephemeral"
        model_catalog_json = "models.json"
        background_terminal_max_timeout = 1500
        """;
    Config config = read(text);
    assertThat(config.storage())
        .isEqualTo(
            new Config.Storage(CredentialStore.EPHEMERAL, Path.of("/codex-home/models.json")));
    assertThat(config.terminalLimit()).isEqualTo(Duration.ofMillis(1_500));
  }

  @Test
  void environment() throws Exception {
    String text =
        """
        [shell_environment_policy]
        inherit = "none"
        ignore_default_excludes = true
        exclude = ["A*"]
        include_only = ["PATH"]
        set = { X = "1" }
        """;
    assertThat(read(text).shellEnvironment())
        .isEqualTo(
            new EnvironmentPolicy(
                EnvironmentPolicy.Inherit.NONE,
                true,
                List.of("A*"),
                Map.of("X", "1"),
                List.of("PATH")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model_context_window = 0 | model_context_window must be at least 1, not 0",
        "tool_output_token_limit = 2147483648"
            + " | tool_output_token_limit must be between 1 and 2147483647, not 2147483648",
        "openai_base_url = 'user:secret@h' | openai_base_url must be an http or https URL with a"
            + " host, without a query or a fragment",
        "openai_base_url = '' | openai_base_url must not be empty",
        "personality = 'grumpy'"
            + " | personality must be one of none, friendly, pragmatic, not \"grumpy\"",
        "model_verbosity = 'loud' | model_verbosity must be one of low, medium, high, not \"loud\"",
        "skills.config = [{ enabled = true }]"
            + " | skills.config[0].path or name must be there, and not both",
        "skills.config = [{ path = 'a', name = 'a' }]"
            + " | skills.config[0].path or name must be there, and not both",
        "shell_environment_policy.inherit = 'some' | shell_environment_policy.inherit"
            + " must be one of all, core, none, not \"some\"",
        "shell_environment_policy.set = { 'a=b' = 'secret' }"
            + " | shell_environment_policy.set names a variable that cannot be: \"a=b\"",
        "shell_environment_policy.set = { a = \"secret\\u0000\" } | shell_environment_policy.set"
            + " has a value that cannot be passed on: that of a",
        "model_instructions_file = \"a\\u0000b\""
            + " | model_instructions_file is not a path: \"a\\u0000b\"",
      })
  void wrongValues(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessage("/codex-home/config.toml:1: " + message);
  }

  private static Config read(String text) throws ConfigException {
    return ConfigText.read(FILE, text);
  }
}
