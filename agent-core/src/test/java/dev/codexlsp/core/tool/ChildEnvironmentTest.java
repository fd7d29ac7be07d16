package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.config.EnvironmentPolicy;
import dev.codexlsp.core.config.EnvironmentPolicy.Inherit;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.exec.Inheritance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        new ChildEnvironment.Rules(
            Set.of("OPENAI_API_KEY", "ACME"),
            new EnvironmentPolicy(Inherit.ALL, keepSecretLike, List.of(), Map.of(), List.of())),
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
    assertThat(environment(false).inheritance()).isEqualTo(inheritance(false, left));
    assertThat(environment(true).inheritance()).isEqualTo(inheritance(true, left));
  }

  private static Inheritance inheritance(boolean keepSecretLike, List<String> exclude) {
    return new Inheritance(Inheritance.From.ALL, keepSecretLike, exclude, Map.of(), List.of());
  }

  /// Each row: what the command begins with, what is excluded, set and kept, and what is left of
  /// the variables and those that are set.
  @ParameterizedTest
  @CsvSource({
    "ALL, '', '', '', 'PATH=/bin TERM=dumb'",
    "CORE, '', '', '', 'PATH=/bin TERM=dumb'",
    "NONE, '', '', '', 'TERM=dumb'",
    "NONE, '', 'PATH=/mine', '', 'PATH=/mine TERM=dumb'",
    "ALL, 'p?TH', '', '', 'TERM=dumb'",
    "ALL, '*', 'A=1 B=2', '', 'A=1 B=2 TERM=dumb'",
    "ALL, '', 'A=1 B=2', 'b', 'B=2 TERM=dumb'",
    "ALL, 'PATH', 'PATH=/mine MY_TOKEN=t', 'PATH *TOKEN', 'MY_TOKEN=t PATH=/mine TERM=dumb'",
    "ALL, '', 'ACME=x OPENAI_API_KEY=y', '', 'PATH=/bin TERM=dumb'",
  })
  void stepsInTheirOrder(
      Inherit inherit, String exclude, String set, String includeOnly, String expected) {
    EnvironmentPolicy policy =
        new EnvironmentPolicy(inherit, false, words(exclude), variables(set), words(includeOnly));
    Map<String, String> child =
        new ChildEnvironment(
                new ChildEnvironment.Rules(Set.of("OPENAI_API_KEY", "ACME"), policy),
                new ThreadId("t1"),
                "c1",
                "0.1.0")
            .over(OWN);
    child
        .keySet()
        .retainAll(Set.of("PATH", "TERM", "A", "B", "MY_TOKEN", "ACME", "OPENAI_API_KEY"));
    assertThat(child).isEqualTo(variables(expected));
  }

  @Test
  void elsewhereTheSameStepsAreTaken() {
    EnvironmentPolicy policy =
        new EnvironmentPolicy(
            Inherit.CORE, true, List.of("X*"), Map.of("A", "1", "ACME", "x"), List.of("A"));
    assertThat(
            new ChildEnvironment(
                    new ChildEnvironment.Rules(Set.of("ACME"), policy),
                    new ThreadId("t1"),
                    null,
                    "0.1.0")
                .inheritance())
        .isEqualTo(
            new Inheritance(
                Inheritance.From.CORE,
                true,
                List.of(
                    "CODEX_PERMISSION_PROFILE",
                    "CODEX_VERSION",
                    "CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS",
                    "CODEX_PLUGIN_METRICS_OUTPUT",
                    "ACME",
                    "X*"),
                Map.of("A", "1"),
                List.of("A")));
  }

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "'', '', true",
    "'', a, false",
    "a*c, abbc, true",
    "a*c, abcb, false",
    "*a*b*, xaxbx, true",
    "a?c, aXC, true",
    "a?c, ac, false",
    "**, a, true",
    "[a], a, false",
  })
  void patterns(String pattern, String name, boolean matches) {
    assertThat(NamePattern.matches(pattern, name)).isEqualTo(matches);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new HashMap<>();
    for (String word : words(text)) {
      variables.put(word.split("=", -1)[0], word.split("=", -1)[1]);
    }
    return variables;
  }
}
