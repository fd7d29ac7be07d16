package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.ModelProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
  private static final Path FILE = Path.of("/codex-home/config.toml");

  @Test
  void theVariableOfTheProvider() throws Exception {
    Map<String, String> environment = Map.of("ACME_KEY", " secret\n", "OPENAI_API_KEY", "other");
    assertThat(Credentials.resolve(acme(), environment)).isEqualTo(new Credential("secret"));
  }

  @Test
  void aProviderWithoutOne() throws Exception {
    ModelProvider ollama = read("model_provider = 'ollama'").provider();
    assertThat(Credentials.resolve(ollama, Map.of("OPENAI_API_KEY", "secret"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "OTHER|secret|is not set or empty",
        "ACME_KEY|''|is not set or empty",
        "ACME_KEY|   |is not set or empty",
        "ACME_KEY|sec¶ret|holds characters that cannot be sent",
        "ACME_KEY|sec ret|holds characters that cannot be sent",
        "ACME_KEY|secrét|holds characters that cannot be sent",
      })
  void unusableOnes(String variable, String value, String problem) {
    assertThatThrownBy(
            () -> Credentials.resolve(acme(), Map.of(variable, value.replace('¶', '\n'))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "the environment variable ACME_KEY, which the provider \"acme\" takes its credential"
                + " from, "
                + problem)
        .hasNoCause();
  }

  @Test
  void allVariablesThatHoldOurs() throws Exception {
    assertThat(Credentials.variables(Config.defaults(FILE)))
        .containsExactlyInAnyOrder("OPENAI_API_KEY", "CODEX_API_KEY");
    assertThat(
            Credentials.variables(
                read(
                    """
                    model_provider = "ollama"
                    [model_providers.a]
                    base_url = "http://h"
                    env_key = "A_KEY"
                    [model_providers.b]
                    base_url = "http://h"
                    env_key = "B_KEY"
                    """)))
        .containsExactlyInAnyOrder("OPENAI_API_KEY", "CODEX_API_KEY", "A_KEY", "B_KEY");
  }

  private static ModelProvider acme() throws ConfigException {
    return read("""
    model_provider = "acme"
    [model_providers.acme]
    base_url = "http://h"
    env_key = "ACME_KEY"
    """)
        .provider();
  }

  private static Config read(String text) throws ConfigException {
    return ConfigText.read(FILE, text);
  }
}
