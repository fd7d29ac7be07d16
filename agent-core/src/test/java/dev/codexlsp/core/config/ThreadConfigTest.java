package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadConfigTest {
  @TempDir private Path home;

  @Test
  void dottedAndNestedNamesAreJoinedAndNullIsNotSet() throws Exception {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("b", 1L);
    inner.put("c", null);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("a", inner);
    settings.put("a.d", Arrays.asList("x", null));
    settings.put("a.b", 2L);
    settings.put("e", null);
    assertThat(ThreadConfig.of(settings).plain())
        .isEqualTo(Map.of("a", Map.of("b", 2L, "d", List.of("x"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a..b | \"a..b\" is no key",
        "`` | \"\" is no key",
        "profiles.x.model | profiles cannot be set for one thread",
        "cli_auth_credentials_store | cli_auth_credentials_store cannot be set for one thread",
      })
  void namesThatAreRefused(String name, String problem) {
    assertThatThrownBy(() -> ThreadConfig.of(Map.of(name, "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("`config` of the thread: " + problem);
  }

  /// Nor does it break what others say, or is kept as something that was good.
  @Test
  void whatIsWrongWithItIsTheAffairOfNobodyElse() throws Exception {
    Files.writeString(home.resolve("config.toml"), "model = 'of the file'");
    ConfigLoader loader = new ConfigLoader(home, home);
    List<ConfigWarning> told = new ArrayList<>();
    loader.addListener(told::add);
    TomlValue.Table wrong = ThreadConfig.of(Map.of("model_verbosity", "loud"));
    assertThat(Objects.requireNonNull(loader.objection(home, wrong)).getMessage())
        .isEqualTo(
            "`config` of the thread: model_verbosity must be one of low, medium, high,"
                + " not \"loud\"");
    assertThatThrownBy(() -> loader.load(home, wrong)).isInstanceOf(ConfigException.class);
    assertThat(loader.load(home).model()).isEqualTo("of the file");
    assertThat(told).isEmpty();
    Files.writeString(home.resolve("config.toml"), "model = ");
    TomlValue.Table right = ThreadConfig.of(Map.of("model_verbosity", "high"));
    assertThat(loader.objection(home, right)).isNull();
    assertThat(loader.load(home, right).model()).isEqualTo("of the file");
  }
}
