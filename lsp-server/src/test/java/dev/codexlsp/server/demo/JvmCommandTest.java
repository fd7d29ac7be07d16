package dev.codexlsp.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCommandTest {
  private static final Path JAVA = Path.of("/jdk/bin/java");

  @Test
  void keepsWhatStandsBeforeTheMainClass() {
    List<String> self = List.of("-XX:+UseSerialGC", "-cp", "a.jar", "a.Main", "demo", "--yes");

    assertThat(JvmCommand.server(JAVA, self, "a.Main"))
        .containsExactly("/jdk/bin/java", "-XX:+UseSerialGC", "-cp", "a.jar", "a.Main", "lsp");
  }

  @Test
  void needsOnlyTheClassPathWhenTheSystemDoesNotTellTheArguments() {
    assertThat(JvmCommand.server(JAVA, List.of(), "a.Main"))
        .containsExactly(
            "/jdk/bin/java",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "a.Main",
            "lsp");
  }
}
