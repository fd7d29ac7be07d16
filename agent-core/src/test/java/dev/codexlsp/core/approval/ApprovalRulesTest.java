package dev.codexlsp.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.ApprovalRules.Verdict;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApprovalRulesTest {
  private static final SandboxPolicy READ_ONLY = new SandboxPolicy.ReadOnly(false);
  private static final SandboxPolicy FULL = new SandboxPolicy.DangerFullAccess();

  private static CommandKey key(String command, String directory, SandboxPolicy sandbox) {
    return new CommandKey(
        "local", List.of("/bin/sh", "-c", command), Path.of(directory), sandbox, false, false);
  }

  private static CommandKey shown(String environment, boolean tty, boolean isEscalated) {
    return new CommandKey(
        environment, List.of("/bin/sh", "-c", "ls"), Path.of("/a"), READ_ONLY, tty, isEscalated);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNTRUSTED", "ON_REQUEST"})
  void everyCommandAsksFirst(ApprovalPolicy policy) {
    assertThat(ApprovalRules.judge(policy, key("ls", "/a", READ_ONLY), Set.of()))
        .isEqualTo(new Verdict.Ask());
    assertThat(ApprovalRules.judge(policy, key("ls", "/a", FULL), Set.of()))
        .isEqualTo(new Verdict.Ask());
  }

  @Test
  void whatWasAcceptedForTheSessionCoversTheSameAndNothingSimilar() {
    Set<SessionKey> approved = Set.of(key("ls", "/a", READ_ONLY));
    assertThat(judge(key("ls", "/a", READ_ONLY), approved)).isEqualTo(new Verdict.Run());
    assertThat(judge(key("ls -l", "/a", READ_ONLY), approved)).isEqualTo(new Verdict.Ask());
    assertThat(judge(key("ls", "/b", READ_ONLY), approved)).isEqualTo(new Verdict.Ask());
    assertThat(judge(key("ls", "/a", FULL), approved)).isEqualTo(new Verdict.Ask());
    assertThat(judge(shown("local", true, false), approved)).isEqualTo(new Verdict.Ask());
    assertThat(judge(shown("local", false, true), approved)).isEqualTo(new Verdict.Ask());
    assertThat(judge(shown("elsewhere", false, false), approved)).isEqualTo(new Verdict.Ask());
    assertThat(judge(shown("local", false, false), approved)).isEqualTo(new Verdict.Run());
  }

  private static Verdict judge(CommandKey key, Set<SessionKey> approved) {
    return ApprovalRules.judge(ApprovalPolicy.ON_REQUEST, key, approved);
  }

  @Test
  void withNobodyToAskOnlyFullAccessRuns() {
    assertThat(ApprovalRules.judge(ApprovalPolicy.NEVER, key("ls", "/a", FULL), Set.of()))
        .isEqualTo(new Verdict.Run());
    assertThat(ApprovalRules.judge(ApprovalPolicy.NEVER, key("ls", "/a", READ_ONLY), Set.of()))
        .isEqualTo(new Verdict.Refuse("sandbox unavailable"));
  }
}
