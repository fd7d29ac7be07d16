package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.ApprovalOutcome;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.ApprovalRules;
import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.approval.Decision;
import java.util.HashSet;
import java.util.Set;

/// The one way to an effect: the rules first, then, if they say so, the user.
///
/// Confined to the turn's thread. What the user accepts for the session is remembered here for the
/// rest of the turn and by the thread's owner for later ones.
public final class ToolGate {
  private final TurnIo io;
  private final Set<CommandKey> approved;

  /// @param approvedForSession what the user has accepted before this turn
  public ToolGate(TurnIo io, Set<CommandKey> approvedForSession) {
    this.io = io;
    this.approved = new HashSet<>(approvedForSession);
  }

  ApprovalRules.Verdict judge(ApprovalPolicy policy, CommandKey key) {
    return ApprovalRules.judge(policy, key, approved);
  }

  ApprovalOutcome ask(ApprovalRequest request, CommandKey key) throws InterruptedException {
    ApprovalOutcome outcome = io.ask(request, key);
    if (outcome.equals(new ApprovalOutcome.Decided(Decision.ACCEPT_FOR_SESSION))) {
      approved.add(key);
    }
    return outcome;
  }
}
