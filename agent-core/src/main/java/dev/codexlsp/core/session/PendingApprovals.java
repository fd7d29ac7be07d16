package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.ApprovalOutcome;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.approval.Decision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The questions of one thread that wait for a human, and what was accepted for the session. The
/// first answer wins, a later one falls on the floor. Confined to the thread's owner.
final class PendingApprovals {
  private static final System.Logger LOG = System.getLogger(PendingApprovals.class.getName());

  private final Map<AnswerSlot, Pending> pending = new HashMap<>();
  private final Set<CommandKey> approvedForSession = new HashSet<>();

  private record Pending(CommandKey key, List<Approver.Question> shown) {}

  void add(Mail.Asked asked, List<Approver.Question> shown) {
    pending.put(asked.slot(), new Pending(asked.key(), shown));
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /// True when the question was still waiting.
  boolean answer(AnswerSlot question, ApprovalOutcome outcome) {
    Pending answered = take(question);
    if (answered == null) {
      return false;
    }
    if (outcome.equals(new ApprovalOutcome.Decided(Decision.ACCEPT_FOR_SESSION))) {
      approvedForSession.add(answered.key());
    }
    return true;
  }

  /// Forgets a question nobody waits for any more.
  void withdraw(AnswerSlot question) {
    take(question);
  }

  /// The questions that wait now.
  List<AnswerSlot> waiting() {
    return List.copyOf(pending.keySet());
  }

  private @Nullable Pending take(AnswerSlot question) {
    Pending taken = pending.remove(question);
    if (taken != null) {
      taken.shown().forEach(PendingApprovals::resolve);
    }
    return taken;
  }

  /// A client that throws must not keep the others from hearing of it, nor the turn waiting.
  private static void resolve(Approver.Question question) {
    try {
      question.resolved();
    } catch (RuntimeException broken) {
      LOG.log(System.Logger.Level.ERROR, "a client could not take its question back", broken);
    }
  }

  Set<CommandKey> approvedForSession() {
    return Set.copyOf(approvedForSession);
  }
}
