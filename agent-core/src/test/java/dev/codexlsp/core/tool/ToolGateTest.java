package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.approval.PlannedAction;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.RawJson;
import dev.codexlsp.core.thread.ReviewedAction;
import dev.codexlsp.core.tool.Reviewer.Opinion;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolGateTest {
  private static final PermissionProfile READ_ONLY =
      SandboxProfiles.of(new SandboxPolicy.ReadOnly(false));
  private static final CommandKey LS = key("local", "ls", "/a", false, false);

  private static final PlannedAction ACTION =
      new PlannedAction(new ReviewedAction.ApplyPatch(Path.of("/a"), List.of()), new RawJson("{}"));

  private final FakeTurn turn = new FakeTurn();
  private final Queue<Opinion> opinions = new ArrayDeque<>();

  private static CommandKey key(
      String environment, String script, String directory, boolean tty, boolean isEscalated) {
    return new CommandKey(
        environment,
        List.of("/bin/sh", "-c", script),
        Path.of(directory),
        READ_ONLY,
        PermissionGrant.NOTHING,
        tty,
        isEscalated);
  }

  private ToolGate gate(@Nullable Reviewer reviewer, Set<SessionKey> approved) {
    return new ToolGate(
        turn,
        new ToolGate.Terms(ApprovalPolicy.UNTRUSTED, false),
        RuleBook.none(),
        reviewer,
        approved);
  }

  private Answer ask(ToolGate gate) throws InterruptedException {
    return gate.ask(
        new ApprovalRequest.FileChange(
            FakeTurn.THREAD, FakeTurn.TURN, new ItemId("c1"), 0, null, null),
        ACTION,
        Set.of(LS));
  }

  @Test
  void whatWasAcceptedForTheSessionCoversTheSameAndNothingSimilar() {
    ToolGate gate = gate(null, Set.of(LS));
    assertThat(gate.isApproved(Set.of(key("local", "ls", "/a", false, false)))).isTrue();
    assertThat(gate.isApproved(Set.of(key("local", "ls -l", "/a", false, false)))).isFalse();
    assertThat(gate.isApproved(Set.of(key("local", "ls", "/b", false, false)))).isFalse();
    assertThat(gate.isApproved(Set.of(key("local", "ls", "/a", true, false)))).isFalse();
    assertThat(gate.isApproved(Set.of(key("local", "ls", "/a", false, true)))).isFalse();
    assertThat(gate.isApproved(Set.of(key("elsewhere", "ls", "/a", false, false)))).isFalse();
  }

  @Test
  void limitsAndGrantsArePartOfWhatWasAccepted() {
    ToolGate gate = gate(null, Set.of(LS));
    CommandKey freed =
        new CommandKey(
            "local",
            LS.argv(),
            LS.directory(),
            new PermissionProfile.Disabled(),
            PermissionGrant.NOTHING,
            false,
            false);
    CommandKey granted =
        new CommandKey(
            "local",
            LS.argv(),
            LS.directory(),
            READ_ONLY,
            new PermissionGrant(null, new PermissionGrant.NetworkAccess(true)),
            false,
            false);
    assertThat(gate.isApproved(Set.of(freed))).isFalse();
    assertThat(gate.isApproved(Set.of(granted))).isFalse();
  }

  @Test
  void acceptedForTheSessionIsNotAskedAgainInTheTurn() throws Exception {
    ToolGate gate = gate(null, Set.of());
    turn.answerWith(new Answer.Decided(new Decision.AcceptForSession()));
    ask(gate);
    assertThat(gate.isApproved(Set.of(LS))).isTrue();
  }

  @Test
  void whatTheUserHasAcceptedAReviewerCannotTakeBack() throws Exception {
    ToolGate gate = gate((_, _) -> opinions.remove(), Set.of());
    turn.answerWith(new Answer.Decided(new Decision.Accept()));

    opinions.add(new Opinion.Denied("first"));
    assertThat(ask(gate))
        .isEqualTo(new Answer.Rejected("rejected by the automatic reviewer: first"));
    assertThat(turn.questions()).isEmpty();

    opinions.add(new Opinion.None("cannot say"));
    assertThat(ask(gate)).isEqualTo(new Answer.Decided(new Decision.Accept()));
    opinions.add(new Opinion.Denied("again"));
    assertThat(ask(gate)).isEqualTo(new Answer.Decided(new Decision.Accept()));
    assertThat(turn.questions()).hasSize(2);
  }
}
