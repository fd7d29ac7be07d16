package dev.codexlsp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UserVariablesTest {
  @Test
  void localeThatTheLauncherHasReplacedIsPutBack() {
    assertThat(
            UserVariables.in(
                Map.of("LC_ALL", "C.UTF-8", "CODEX_LSP_LC_ALL", "POSIX", "LANG", "de")))
        .isEqualTo(Map.of("LC_ALL", "POSIX", "LANG", "de"));
  }

  @Test
  void localeThatTheLauncherHasAddedIsTakenAway() {
    assertThat(UserVariables.in(Map.of("LC_CTYPE", "C.UTF-8", "CODEX_LSP_LC_CTYPE", ""))).isEmpty();
  }

  @Test
  void everythingElseStaysAsItIs() {
    Map<String, String> variables = Map.of("LC_ALL", "C.UTF-8", "LC_CTYPE", "C", "A", "b");

    assertThat(UserVariables.in(variables)).isEqualTo(variables);
  }
}
