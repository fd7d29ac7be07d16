package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.exec.Inheritance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
  private static final Map<String, String> OWN =
      Map.of(
          "PATH", "/bin",
          "OPENAI_API_KEY", "sk-1",
          "ACME", "sk-2",
          "github_token", "t",
          "MY_SECRET", "s",
          "TERM", "xterm");

  private static Map<String, String> child(boolean keepSecretLike) {
    return environment(keepSecretLike).over(OWN);
  }

  private static ChildEnvironment environment(boolean keepSecretLike) {
    return new ChildEnvironment(
        new ChildEnvironment.Rules(Set.of("OPENAI_API_KEY", "ACME"), keepSecretLike),
        new ThreadId("t1"),
        "c1",
        "0.1.0");
  }

  @Test
  void whatIsOrLooksLikeACredentialDoesNotPass() {
    assertThat(child(false))
        .containsEntry("PATH", "/bin")
        .containsEntry("TERM", "dumb")
        .containsEntry("NO_COLOR", "1")
        .containsEntry("CODEX_THREAD_ID", "t1")
        .doesNotContainKeys("OPENAI_API_KEY", "ACME", "github_token", "MY_SECRET");
  }

  @Test
  void eachCommandKnowsItsOwnCall() {
    assertThat(environment(false).of("c2").added()).containsEntry("CODEX_TOOL_CALL_ID", "c2");
    assertThat(environment(false).of("c2").of("c3").over(OWN))
        .containsEntry("CODEX_TOOL_CALL_ID", "c3");
  }

  @Test
  void ourOwnCredentialsNeverPass() {
    assertThat(child(true))
        .containsEntry("github_token", "t")
        .containsEntry("MY_SECRET", "s")
        .doesNotContainKeys("OPENAI_API_KEY", "ACME");
  }

  @Test
  void nothingOfOursGoesElsewhere() {
    assertThat(environment(false).added())
        .containsEntry("TERM", "dumb")
        .containsEntry("CODEX_THREAD_ID", "t1")
        .containsEntry("CODEX_TOOL_CALL_ID", "c1")
        .doesNotContainKeys("PATH", "OPENAI_API_KEY", "ACME", "github_token");
  }

  @Test
  void elsewhereNamesOfCredentialsAreLeftOutToo() {
    List<String> left =
        List.of(
            "CODEX_PERMISSION_PROFILE",
            "CODEX_VERSION",
            "CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS",
            "CODEX_PLUGIN_METRICS_OUTPUT",
            "ACME",
            "OPENAI_API_KEY");
    assertThat(environment(false).inheritance()).isEqualTo(new Inheritance(false, left));
    assertThat(environment(true).inheritance()).isEqualTo(new Inheritance(true, left));
  }
}
