package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said when a value is wrong, or the whole file.
class ConfigErrorsTest {
  private static final Path FILE = Path.of("/codex-home/config.toml");

  /// Each line: the text, where ¶ is a line end, then line, key and the rest of the message.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "model = 1 | 1 | model | must be a string",
        "model = '' | 1 | model | must not be empty",
        "¶model_reasoning_effort = [] | 2 | model_reasoning_effort | must be a string",
        "approval_policy = 'x' | 1 | approval_policy"
            + " | must be one of untrusted, on-request, never, not \"x\"",
        "approval_policy = 'on_request' | 1 | approval_policy"
            + " | must be one of untrusted, on-request, never, not \"on_request\"",
        "approval_policy = [1] | 1 | approval_policy | must be a string",
        "¶¶sandbox_mode = 'all' | 3 | sandbox_mode"
            + " | must be one of read-only, workspace-write, danger-full-access, not \"all\"",
        "sandbox_mode = '\\u202Ea\u202Eb' | 1 | sandbox_mode"
            + " | must be one of read-only, workspace-write, danger-full-access,"
            + " not \"\\u202Ea\\u202eb\"",
        "sandbox_workspace_write = 3 | 1 | sandbox_workspace_write | must be a table",
        "[sandbox_workspace_write]¶network_access = 'yes' | 2"
            + " | sandbox_workspace_write.network_access | must be true or false",
        "[sandbox_workspace_write]¶writable_roots = '/a' | 2"
            + " | sandbox_workspace_write.writable_roots | must be an array of strings",
        "[sandbox_workspace_write]¶writable_roots = ['/a', 1] | 2"
            + " | sandbox_workspace_write.writable_roots | must be an array of strings",
        "[sandbox_workspace_write]¶writable_roots = [\"a\\u0000b\"] | 2"
            + " | sandbox_workspace_write.writable_roots"
            + " | holds \"a\\u0000b\", which is not a path",
        "model_provider = 'nope' | 1 | model_provider | names the provider \"nope\","
            + " which is neither built in nor described under model_providers",
        "model_providers = 'x' | 1 | model_providers | must be a table",
        "[model_providers]¶p = 1 | 2 | model_providers.p | must be a table",
        "[model_providers.openai]¶name = 'x' | 1 | model_providers.openai"
            + " | is a built-in provider; describe yours under another name",
        "¶[model_providers.p]¶name = 'x' | 2 | model_providers.p.base_url | is not set",
        "[model_providers.'a b']¶name = 'x' | 1 | model_providers.\"a b\".base_url | is not set",
        "[model_providers.p]¶base_url = 'http://h'¶wire_api = 'telepathy' | 3"
            + " | model_providers.p.wire_api"
            + " | must be one of responses, chat, not \"telepathy\"",
        "[model_providers.p]¶base_url = 'http://h'¶env_key = 7 | 3"
            + " | model_providers.p.env_key | must be a string",
        "[model_providers.p]¶base_url = 'http://h'¶env_key = 'sk-1' | 3"
            + " | model_providers.p.env_key"
            + " | must be the name of an environment variable, not the key",
        "[model_providers.p]¶base_url = 'http://h'¶http_headers = { a = 1 } | 3"
            + " | model_providers.p.http_headers.a | must be a string",
        "[model_providers.p]¶base_url = 'http://h'¶http_headers = { \"a b\" = 'x' } | 3"
            + " | model_providers.p.http_headers"
            + " | holds \"a b\", which cannot be sent as a header",
        "[model_providers.p]¶base_url = 'http://h'¶http_headers = { a = \"secret\\n\" } | 3"
            + " | model_providers.p.http_headers"
            + " | holds \"a\", which cannot be sent as a header",
        "[model_providers.p]¶base_url = 'http://h'¶http_headers = { Host = 'x' } | 3"
            + " | model_providers.p.http_headers"
            + " | holds \"Host\", which cannot be sent as a header",
        "[model_providers.p]¶base_url = 'http://h'¶request_max_retries = -1 | 3"
            + " | model_providers.p.request_max_retries | must be at least 0, not -1",
        "[model_providers.p]¶base_url = 'http://h'¶stream_max_retries = 1.5 | 3"
            + " | model_providers.p.stream_max_retries | must be an integer",
        "[model_providers.p]¶base_url = 'http://h'¶stream_idle_timeout_ms = 0 | 3"
            + " | model_providers.p.stream_idle_timeout_ms | must be at least 1, not 0",
      })
  void wrongValues(String text, int line, String key, String problem) {
    assertThatThrownBy(() -> read(text.replace('¶', '\n')))
        .isInstanceOf(ConfigException.class)
        .hasMessage("/codex-home/config.toml:%d: %s %s".formatted(line, key, problem))
        .satisfies(e -> assertThat(Told.by(e)).isEqualTo(new Told(FILE, line, key)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "/v1",
        "ftp://h/v1",
        "http:///v1",
        "http://h:port/v1",
        "http://user:secret@h/v1?key=secret",
        "http://h/v1#secret",
        "http://h/secret v1"
      })
  void wrongBaseUrlsAreNotQuoted(String url) {
    assertThatThrownBy(() -> read("[model_providers.p]\nbase_url = '" + url + "'"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("/codex-home/config.toml:2: model_providers.p.base_url must ")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model = | 1",
        "model == 'x' | 1",
        "a = 1¶a = 2 | 2",
        "a = 1¶b = [1,¶c = 2 | 2",
        "[t¶ | 1",
        "a = 1¶¶s = \"open | 3"
      })
  void textThatIsNotToml(String text, int line) {
    assertThatThrownBy(() -> read(text.replace('¶', '\n')))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("/codex-home/config.toml:" + line + ": not valid TOML: ")
        .satisfies(e -> assertThat(Told.by(e)).isEqualTo(new Told(FILE, line, null)));
  }

  @Test
  void longValuesAreCutInMessages() {
    assertThatThrownBy(() -> read("sandbox_mode = '" + "x".repeat(5_000) + "'"))
        .hasMessageEndingWith("not \"" + "x".repeat(80) + "…\"");
  }

  /// What a [ConfigException] carries beside its message.
  private record Told(@Nullable Path file, @Nullable Integer line, @Nullable String key) {
    static Told by(Throwable thrown) {
      ConfigException e = (ConfigException) thrown;
      return new Told(e.file(), e.line(), e.key());
    }
  }

  private static Config read(String text) throws ConfigException {
    return ConfigText.read(FILE, text);
  }
}
