package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.protocol.ProcessStart.EnvPolicy;
import dev.codexlsp.exec.protocol.ProcessStart.Inherit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EnvironmentPolicyTest {
  private static final Map<String, String> SERVER =
      Map.of(
          "HOME", "/home/me",
          "PATH", "/bin",
          "TERM", "xterm",
          "MY_KEY", "k",
          "ASecretB", "s",
          "token", "t",
          "A.B", "dot",
          "CODEX_EXEC_SERVER_EXIT_ON_STDIN_CLOSE", "1");

  private static EnvPolicy policy(Inherit inherit, boolean keepCredentials) {
    return new EnvPolicy(inherit, keepCredentials, List.of(), Map.of(), List.of());
  }

  private static EnvPolicy policy(
      List<String> exclude, Map<String, String> set, List<String> includeOnly) {
    return new EnvPolicy(Inherit.ALL, true, exclude, set, includeOnly);
  }

  private static String names(EnvPolicy policy) {
    return String.join(
        " ", new TreeSet<>(EnvironmentPolicy.environment(SERVER, policy, Map.of()).keySet()));
  }

  @Test
  void withoutAPolicyThereIsOnlyTheOverlay() {
    assertThat(EnvironmentPolicy.environment(SERVER, null, Map.of("A", "1")))
        .isEqualTo(Map.of("A", "1"));
  }

  @Test
  void inherits() {
    assertThat(names(policy(Inherit.NONE, true))).isEmpty();
    assertThat(names(policy(Inherit.CORE, true))).isEqualTo("HOME PATH");
    assertThat(names(policy(Inherit.ALL, true)))
        .isEqualTo("A.B ASecretB HOME MY_KEY PATH TERM token");
    assertThat(names(policy(Inherit.ALL, false))).isEqualTo("A.B HOME PATH TERM");
  }

  @Test
  void patterns() {
    assertThat(names(policy(List.of("?e*", "my_key", "*SECRET*"), Map.of(), List.of())))
        .isEqualTo("A.B HOME PATH token");
    assertThat(names(policy(List.of("*"), Map.of(), List.of()))).isEmpty();
    assertThat(names(policy(List.of("AxB", "[A]*", "a.?"), Map.of(), List.of())))
        .isEqualTo("ASecretB HOME MY_KEY PATH TERM token");
    assertThat(names(policy(List.of(), Map.of(), List.of("*m*", "P???"))))
        .isEqualTo("HOME MY_KEY PATH TERM");
  }

  @Test
  void theStepsHaveAnOrder() {
    EnvPolicy policy =
        policy(List.of("PATH", "ADDED"), Map.of("ADDED", "1", "GONE", "2"), List.of("A*", "HOME"));
    assertThat(
            EnvironmentPolicy.environment(
                SERVER, policy, Map.of("HOME", "/other", "MY_KEY", "overlay")))
        .isEqualTo(
            Map.of(
                "A.B", "dot",
                "ASecretB", "s",
                "ADDED", "1",
                "HOME", "/other",
                "MY_KEY", "overlay"));
  }
}
