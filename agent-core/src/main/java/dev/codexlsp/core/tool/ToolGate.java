package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.PlannedAction;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.command.CommandRules;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the user has allowed, and the way to ask for more: every effect passes here.
///
/// Used by the calls of one turn, on their threads. What the user accepts for the session is
/// remembered here for the rest of the turn and by the thread's owner for later ones.
public final class ToolGate {
  private final TurnIo io;
  private final Terms terms;
  private final RuleBook rules;
  private final @Nullable Reviewer reviewer;
  private final Set<SessionKey> approved = ConcurrentHashMap.newKeySet();

  /// What the user has said yes to in this turn, once or for longer.
  private final Set<SessionKey> accepted = ConcurrentHashMap.newKeySet();

  /// What the user has settled beforehand.
  ///
  /// @param runsKnownSafe whether commands that only look run without a question under a policy
  ///   that would ask (`approval.known_safe`)
  public record Terms(ApprovalPolicy policy, boolean runsKnownSafe) {}

  /// @param reviewer who is asked before the user is; null for nobody
  /// @param approvedForSession what the user has accepted before this turn
  public ToolGate(
      TurnIo io,
      Terms terms,
      RuleBook rules,
      @Nullable Reviewer reviewer,
      Set<SessionKey> approvedForSession) {
    this.io = io;
    this.terms = terms;
    this.rules = rules;
    this.reviewer = reviewer;
    this.approved.addAll(approvedForSession);
  }

  Terms terms() {
    return terms;
  }

  CommandRules rules() {
    return rules.rules();
  }

  /// Whether the user has accepted all of it for the session.
  boolean isApproved(Set<? extends SessionKey> keys) {
    return approved.containsAll(keys);
  }

  /// Puts the question to whoever answers in this thread.
  ///
  /// @param action the same for a reviewer
  /// @param keys what an acceptance for the session covers
  Answer ask(ApprovalRequest request, PlannedAction action, Set<SessionKey> keys)
      throws InterruptedException {
    Reviewer judge = reviewer;
    if (judge == null) {
      return askUser(request, keys);
    }
    return switch (judge.review(request, action)) {
      case Reviewer.Opinion.Approved() -> new Answer.Decided(new Decision.Accept());
      case Reviewer.Opinion.Denied(String rationale) ->
          // What the user has said outranks it.
          accepted.containsAll(keys)
              ? askUser(request, keys)
              : new Answer.Rejected("rejected by the automatic reviewer: " + rationale);
      case Reviewer.Opinion.None _ -> askUser(request, keys);
    };
  }

  private Answer askUser(ApprovalRequest request, Set<SessionKey> keys)
      throws InterruptedException {
    Answer answer = io.ask(request, keys);
    if (!(answer instanceof Answer.Decided(Decision decision))) {
      return answer;
    }
    return switch (decision) {
      case Decision.Accept() -> {
        accepted.addAll(keys);
        yield answer;
      }
      case Decision.AcceptForSession() -> {
        accepted.addAll(keys);
        approved.addAll(keys);
        yield answer;
      }
      case Decision.AcceptWithExecpolicyAmendment(List<String> prefix) ->
          rules.allow(prefix)
              ? answer
              : new Answer.Failed("no rule can allow everything that begins so");
      case Decision.Decline(), Decision.Cancel() -> answer;
    };
  }
}
