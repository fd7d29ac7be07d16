package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.ApprovalRules;
import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.SessionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The one way to an effect: the rules first, then, if they say so, the user.
///
/// Used by the calls of one turn, on their threads. What the user accepts for the session is
/// remembered here for the rest of the turn and by the thread's owner for later ones.
public final class ToolGate {
  private final TurnIo io;
  private final Set<SessionKey> approved = ConcurrentHashMap.newKeySet();

  /// @param approvedForSession what the user has accepted before this turn
  public ToolGate(TurnIo io, Set<SessionKey> approvedForSession) {
    this.io = io;
    this.approved.addAll(approvedForSession);
  }

  ApprovalRules.Verdict judge(ApprovalPolicy policy, CommandKey key) {
    return ApprovalRules.judge(policy, key, approved);
  }

  /// Whether the user has accepted all of it for the session.
  boolean isApproved(Set<? extends SessionKey> keys) {
    return approved.containsAll(keys);
  }

  Answer ask(ApprovalRequest request, Set<SessionKey> keys) throws InterruptedException {
    Answer outcome = io.ask(request, keys);
    if (outcome.equals(new Answer.Decided(new Decision.AcceptForSession()))) {
      approved.addAll(keys);
    }
    return outcome;
  }

  /// The answers that a question offers, in the order in which they are shown.
  ///
  /// @param amendment the rule that is proposed, or null
  static List<Decision> decisions(@Nullable List<String> amendment) {
    List<Decision> offered = new ArrayList<>();
    offered.add(new Decision.Accept());
    offered.add(new Decision.AcceptForSession());
    if (amendment != null) {
      offered.add(new Decision.AcceptWithExecpolicyAmendment(amendment));
    }
    offered.add(new Decision.Decline());
    offered.add(new Decision.Cancel());
    return offered;
  }
}
