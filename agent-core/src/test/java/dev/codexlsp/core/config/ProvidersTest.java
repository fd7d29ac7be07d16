package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.core.model.WireApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a table under `model_providers` says, what is built in, and what the environment adds.
class ProvidersTest {
  private static final Path FILE = Path.of("/codex-home/config.toml");

  @Test
  void everyKey() throws Exception {
    assertThat(
            read(
                """
                base_url = "https://h/v1/"
                wire_api = "chat"
                ca_file = "/etc/ours/../ca.pem"
                env_key = "P_KEY"
                env_key_instructions = "ask"
                experimental_bearer_token = "token-1"
                requires_openai_auth = true
                query_params = { api-version = "1" }
                http_headers = { X-A = "a" }
                env_http_headers = { X-B = "B_VAR" }
                request_max_retries = 1
                stream_max_retries = 2
                stream_idle_timeout_ms = 3000
                websocket_connect_timeout_ms = 1
                supports_websockets = true
                """))
        .isEqualTo(
            new ModelProvider(
                "p",
                "P",
                new ModelProvider.Endpoint(
                    URI.create("https://h/v1"),
                    WireApi.CHAT,
                    Map.of("api-version", "1"),
                    Path.of("/etc/ca.pem")),
                new ModelProvider.Access(
                    "P_KEY", "ask", new Credential("token-1"), true, Map.of("X-B", "B_VAR")),
                Map.of("X-A", "a"),
                1,
                2,
                Duration.ofSeconds(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ca_file = 'ca.pem' | ca_file must be an absolute path",
        "experimental_bearer_token = 'a b'"
            + " | experimental_bearer_token holds characters that cannot be sent",
        "env_http_headers = { 'a b' = 'X' }"
            + " | env_http_headers holds \"a b\", which cannot be sent as a header",
        "env_http_headers = { Host = 'X' }"
            + " | env_http_headers holds \"Host\", which cannot be sent as a header",
        "env_http_headers = { X-A = 'sk-secret' } | env_http_headers must give \"X-A\""
            + " the name of an environment variable, not the value",
        "query_params = { a = 1 } | query_params.a must be a string",
        "requires_openai_auth = 'yes' | requires_openai_auth must be true or false",
      })
  void wrongValues(String line, String problem) {
    assertThatThrownBy(() -> read("base_url = 'http://h'\n" + line))
        .isInstanceOf(ConfigException.class)
        .hasMessage(FILE + ":4: model_providers.p." + problem);
  }

  @Test
  void openaiElsewhere() throws Exception {
    ModelProvider usual = Objects.requireNonNull(BuiltInProviders.BY_ID.get("openai"));
    Config config = ConfigText.read(FILE, "openai_base_url = 'http://gateway:9/v1/'\n");
    assertThat(config.provider())
        .isEqualTo(
            new ModelProvider(
                "openai",
                "OpenAI",
                ModelProvider.Endpoint.responses(URI.create("http://gateway:9/v1")),
                usual.access(),
                Map.of(),
                4,
                5,
                Duration.ofMinutes(5)));
    assertThat(config.providers()).containsOnlyKeys("openai", "ollama", "lmstudio");
  }

  @ParameterizedTest
  @CsvSource({
    "ollama, Ollama, http://localhost:11434/v1",
    "lmstudio, LM Studio, http://localhost:1234/v1",
  })
  void threeLinesAreEnoughForALocalServer(String id, String name, URI baseUrl) throws Exception {
    Config config = ConfigText.read(FILE, "model = 'x'\nmodel_provider = '" + id + "'\n");
    assertThat(config.provider())
        .isEqualTo(
            new ModelProvider(
                id,
                name,
                new ModelProvider.Endpoint(baseUrl, WireApi.CHAT, Map.of(), null),
                ModelProvider.Access.by(null),
                Map.of(),
                4,
                5,
                Duration.ofMinutes(5)));
    assertThat(config.requiredModel()).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "ollama, 8080, '', http://localhost:8080/v1",
    "lmstudio, 8080, '', http://localhost:8080/v1",
    "ollama, 8080, http://gpu:9/v1, http://gpu:9/v1",
    "ollama, '', http://gpu:9/v1, http://gpu:9/v1",
    "ollama, '', '', http://localhost:11434/v1",
    "openai, 8080, http://gpu:9/v1, https://api.openai.com/v1",
  })
  void localServersElsewhere(String id, String port, String url, URI expected) throws Exception {
    ModelProvider provider = Objects.requireNonNull(BuiltInProviders.BY_ID.get(id));
    ModelProvider equipped =
        Credentials.equipped(provider, Map.of("CODEX_OSS_PORT", port, "CODEX_OSS_BASE_URL", url));
    assertThat(equipped.baseUrl()).isEqualTo(expected);
    assertThat(equipped.endpoint().wireApi()).isEqualTo(provider.endpoint().wireApi());
  }

  @ParameterizedTest
  @CsvSource({
    "CODEX_OSS_PORT, http, a port",
    "CODEX_OSS_PORT, 123456, a port",
    "CODEX_OSS_BASE_URL, 8080, an http or https URL",
    "CODEX_OSS_BASE_URL, ::, an http or https URL",
  })
  void noAddress(String variable, String value, String expected) {
    ModelProvider ollama = Objects.requireNonNull(BuiltInProviders.BY_ID.get("ollama"));
    assertThatThrownBy(() -> Credentials.equipped(ollama, Map.of(variable, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("the environment variable " + variable + " must hold " + expected);
  }

  @Test
  void headersOfTheEnvironment() throws Exception {
    ModelProvider provider =
        read(
            """
            base_url = "http://h"
            http_headers = { X-A = "a", X-B = "b" }
            env_http_headers = { X-B = "B_VAR", X-C = "C_VAR", X-D = "D_VAR" }
            """);
    assertThat(
            Credentials.equipped(provider, Map.of("B_VAR", " other ", "C_VAR", " ")).httpHeaders())
        .isEqualTo(Map.of("X-A", "a", "X-B", "other"));
  }

  private static ModelProvider read(String lines) throws ConfigException {
    return ProviderReader.read(
        "p",
        ConfigTable.parse(FILE, "[model_providers.p]\nname = 'P'\n" + lines)
            .table("model_providers")
            .table("p"));
  }
}
