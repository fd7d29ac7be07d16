package dev.codexlsp.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.PatchRules.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchRulesTest {

  @ParameterizedTest
  @CsvSource({
    "untrusted, /w/a, Ask",
    "on-request, /w/a, Apply",
    "never, /w/a, Apply",
    "granular, /w/a, Apply",
    "untrusted, /etc/a, Ask",
    "on-request, /etc/a, Ask",
    "never, /etc/a, Refuse",
    "granular, /etc/a, Refuse",
    "on-request, /w/.vscode/tasks.json, Ask",
    "on-request, /w/sub/.ENVRC, Ask",
    "on-request, /w/.nvim.lua, Ask",
    "on-request, /w/.exrc, Ask",
    "on-request, /w/.idea/x, Ask",
    "on-request, /w/.dir-locals.el, Ask",
    "never, /w/.envrc, Refuse",
    "on-request, /w/envrc, Apply",
  })
  void decides(String policy, Path path, String expected) {
    assertThat(judge(policy, List.of(path)).getClass().getSimpleName()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"on-request, Ask", "never, Refuse"})
  void onePathOutsideIsEnough(String policy, String expected) {
    assertThat(judge(policy, List.of(Path.of("/w/a"), Path.of("/x"))).getClass().getSimpleName())
        .isEqualTo(expected);
  }

  private static Verdict judge(String policy, List<Path> paths) {
    ApprovalPolicy chosen =
        switch (policy) {
          case "untrusted" -> ApprovalPolicy.UNTRUSTED;
          case "never" -> ApprovalPolicy.NEVER;
          case "granular" -> new ApprovalPolicy.Granular(false, true, true, true, true);
          default -> ApprovalPolicy.ON_REQUEST;
        };
    return PatchRules.judge(chosen, paths, path -> path.startsWith("/w"));
  }
}
