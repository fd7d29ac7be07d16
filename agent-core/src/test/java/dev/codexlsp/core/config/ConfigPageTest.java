package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.config.ConfigKey.Scope;
import dev.codexlsp.core.config.ConfigKey.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of the documentation has the table of the code. `-DupdateGolden` writes it.
class ConfigPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String BEGIN = "<!-- keys -->\n";
  private static final String END = "<!-- end -->\n";

  @Test
  void thePageHasTheTableOfTheCode() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String expected = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
    if (System.getProperty("updateGolden") != null) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  @Test
  void everyKeyHasOneRow() {
    assertThat(ConfigKeys.ALL).extracting(ConfigKey::name).doesNotHaveDuplicates();
    assertThat(ConfigKeys.find(List.of("model_providers", "acme", "base_url")))
        .extracting(ConfigKey::name)
        .isEqualTo("model_providers.NAME.base_url");
    assertThat(ConfigKeys.find(List.of("modle"))).isNull();
  }

  /// A default of the page is what holds without a file.
  @Test
  void defaultsAreTrue() throws Exception {
    StringBuilder text = new StringBuilder();
    for (ConfigKey key : ConfigKeys.ALL) {
      if (key.use() == Use.READ && key.value() != null && !key.path().contains("*")) {
        text.append(key.name()).append(" = ").append(toml(key.value())).append('\n');
      }
    }
    Path file = Path.of("/home/config.toml");
    assertThat(ConfigText.read(file, text.toString())).isEqualTo(Config.defaults(file));
  }

  private static String toml(Object value) {
    return switch (value) {
      case String word -> '"' + word + '"';
      case List<?> list -> list.stream().map(ConfigPageTest::toml).toList().toString();
      default -> value.toString();
    };
  }

  private static String table() {
    return "\n| key | type | default | who | |\n|---|---|---|---|---|\n"
        + ConfigKeys.ALL.stream().map(ConfigPageTest::row).collect(Collectors.joining())
        + "\n";
  }

  private static String row(ConfigKey key) {
    String absent = key.absent();
    return "| `%s` | %s | %s | %s | %s%s |\n"
        .formatted(
            key.name(),
            key.type().contains("\"")
                ? key.type().replaceAll("(\"[^\"]*\")", "`$1`").replace(", ", " ")
                : key.type(),
            absent.startsWith("(") ? absent.substring(1, absent.length() - 1) : "`" + absent + "`",
            who(key.scope()),
            key.meaning(),
            key.use() == Use.ACCEPTED ? " *Not used yet.*" : "");
  }

  private static String who(Scope scope) {
    return switch (scope) {
      case ANYBODY -> "";
      case NO_PROJECT -> "*not a project*";
      case USER -> "**you**";
    };
  }
}
