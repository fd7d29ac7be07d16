package dev.codexlsp.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PermissionTextTest {
  private static final SandboxPolicy READ = new SandboxPolicy.ReadOnly(false);

  private static String render(
      ApprovalPolicy policy, SandboxPolicy sandbox, List<List<String>> allowed) {
    return new PermissionText(Path.of("/w"), policy, sandbox, false, allowed).render();
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of(
            ApprovalPolicy.UNTRUSTED, "is asked before every command", "require_escalated"),
        Arguments.of(ApprovalPolicy.NEVER, "Do not pass sandbox_permissions", "require_escalated"),
        Arguments.of(
            ApprovalPolicy.ON_REQUEST, "sandbox_permissions \"require_escalated\"", "never:"),
        Arguments.of(ApprovalPolicy.ON_REQUEST, "prefix_rule", "granular"),
        Arguments.of(ApprovalPolicy.ON_REQUEST, "justification", "granular"),
        Arguments.of(
            new ApprovalPolicy.Granular(true, false, false, true, false),
            "The user may be asked about: sandbox_approval, request_permissions. Refused without a"
                + " question: rules, skill_approval, mcp_elicitations.\n"
                + "Commands run in the sandbox",
            "on-request"),
        Arguments.of(
            new ApprovalPolicy.Granular(false, false, false, false, false),
            "asked about: nothing.",
            "require_escalated"));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void eachPolicySaysWhomToAsk(ApprovalPolicy policy, String said, String notSaid) {
    assertThat(render(policy, READ, List.of()))
        .startsWith("<permissions instructions>\nsandbox_mode is read-only: ")
        .endsWith("\n</permissions instructions>")
        .contains(said)
        .doesNotContain(notSaid)
        .hasSizeLessThan(2_500);
  }

  static Stream<Arguments> sandboxes() {
    return Stream.of(
        Arguments.of(READ, "There is no network."),
        Arguments.of(new SandboxPolicy.ReadOnly(true), "The network may be used."),
        Arguments.of(new SandboxPolicy.DangerFullAccess(), "without a sandbox"),
        Arguments.of(
            new SandboxPolicy.WorkspaceWrite(List.of(Path.of("/o<")), false, false, false),
            "Writable roots: `/w`, `/o&lt;`, `/tmp`, `$TMPDIR`."),
        Arguments.of(
            new SandboxPolicy.WorkspaceWrite(List.of(), true, true, true),
            "The network may be used.\nWritable roots: `/w`."));
  }

  @ParameterizedTest
  @MethodSource("sandboxes")
  void eachSandboxSaysHowFarHandsReach(SandboxPolicy sandbox, String said) {
    assertThat(render(ApprovalPolicy.NEVER, sandbox, List.of())).contains(said);
  }

  @Test
  void whatRulesAllowIsListedWithinABound() {
    assertThat(render(ApprovalPolicy.ON_REQUEST, READ, List.of(List.of("npm", "run|test"))))
        .endsWith(
            "Rules of the user allow commands that begin with:\n- npm run|test\n"
                + "</permissions instructions>");
    List<List<String>> many =
        IntStream.range(0, 150).mapToObj(i -> List.of("x".repeat(500) + i)).toList();
    assertThat(render(ApprovalPolicy.ON_REQUEST, READ, many))
        .contains("- and 50 more")
        .hasSizeLessThan(25_000);
    assertThat(render(ApprovalPolicy.NEVER, READ, many)).doesNotContain("Rules of the user");
  }
}
