package dev.codexlsp.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ContextMessagesTest {

  private static ContextMessages messages(ApprovalPolicy policy, SandboxPolicy sandbox) {
    return ContextMessages.of(
        new ContextMessages.Facts(
            Path.of("/w/<a>&b"),
            "bash",
            LocalDate.of(2026, 1, 2),
            ZoneId.of("Europe/Vienna"),
            policy,
            sandbox));
  }

  @Test
  void theEnvironmentIsDescribedAndNothingInItReadsAsMarkup() {
    assertThat(messages(ApprovalPolicy.ON_REQUEST, new SandboxPolicy.ReadOnly(false)).environment())
        .isEqualTo(
            """
            <environment_context>
              <cwd>/w/&lt;a&gt;&amp;b</cwd>
              <shell>bash</shell>
              <current_date>2026-01-02</current_date>
              <timezone>Europe/Vienna</timezone>
            </environment_context>\
            """);
  }

  @Test
  void aShellThatIsNotKnownIsNotNamed() {
    ContextMessages.Facts facts =
        new ContextMessages.Facts(
            Path.of("/w"),
            null,
            LocalDate.of(2026, 1, 2),
            ZoneId.of("Europe/Vienna"),
            ApprovalPolicy.NEVER,
            new SandboxPolicy.ReadOnly(false));
    assertThat(ContextMessages.of(facts).environment())
        .isEqualTo(
            """
            <environment_context>
              <cwd>/w</cwd>
              <current_date>2026-01-02</current_date>
              <timezone>Europe/Vienna</timezone>
            </environment_context>\
            """);
  }

  @Test
  void thePermissionsSayWhoIsAskedAndHowFarHandsReach() {
    assertThat(messages(ApprovalPolicy.NEVER, new SandboxPolicy.DangerFullAccess()).permissions())
        .contains("never asked", "without a sandbox");
    assertThat(messages(ApprovalPolicy.UNTRUSTED, new SandboxPolicy.ReadOnly(true)).permissions())
        .contains("asked before every command", "read only", "network may be used");
  }

  @Test
  void theBaseInstructionsNameTheToolAndStayShort() {
    assertThat(BaseInstructions.TEXT).contains("exec_command", "justification", "path:line");
    assertThat(BaseInstructions.TEXT.length()).isLessThan(2_500);
  }
}
