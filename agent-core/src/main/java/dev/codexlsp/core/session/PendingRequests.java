package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.DynamicToolRequest;
import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.approval.PermissionsRequest;
import dev.codexlsp.core.approval.PermissionsRequest.Scope;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.approval.UserInputRequest;
import dev.codexlsp.core.thread.ThreadStatus.ActiveFlag;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The questions of one thread that wait for a human, and what was accepted for the session. The
/// first answer wins, a later one falls on the floor. Confined to the thread's owner.
final class PendingRequests {
  private static final System.Logger LOG = System.getLogger(PendingRequests.class.getName());

  private final Map<AnswerSlot, Pending> pending = new HashMap<>();
  private final Set<SessionKey> approvedForSession = new HashSet<>();
  private PermissionGrant grantedForSession = PermissionGrant.NOTHING;

  private record Pending(Mail.Asked asked, List<Approver.Question> shown) {}

  void add(Mail.Asked asked, List<Approver.Question> shown) {
    pending.put(asked.slot(), new Pending(asked, shown));
  }

  /// What the thread waits for, each once and in the order of the flags.
  List<ActiveFlag> flags() {
    Set<ActiveFlag> flags = EnumSet.noneOf(ActiveFlag.class);
    for (Pending waiting : pending.values()) {
      ActiveFlag flag = flag(waiting.asked().request());
      if (flag != null) {
        flags.add(flag);
      }
    }
    return List.copyOf(flags);
  }

  /// A client's tool works for the model; nobody waits for a human.
  private static @Nullable ActiveFlag flag(ServerRequest request) {
    return switch (request) {
      case ApprovalRequest _, PermissionsRequest _ -> ActiveFlag.WAITING_ON_APPROVAL;
      case UserInputRequest _ -> ActiveFlag.WAITING_ON_USER_INPUT;
      case DynamicToolRequest _ -> null;
    };
  }

  /// True when the question was still waiting.
  boolean answer(AnswerSlot question, Answer outcome) {
    Pending answered = take(question);
    if (answered == null) {
      return false;
    }
    if (outcome.equals(new Answer.Decided(new Decision.AcceptForSession()))) {
      approvedForSession.addAll(answered.asked().keys());
    }
    if (outcome instanceof Answer.Granted(PermissionGrant permissions, Scope scope)
        && scope == Scope.SESSION
        && answered.asked().request() instanceof PermissionsRequest request) {
      grantedForSession = grantedForSession.and(permissions.within(request.permissions()));
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
      taken.shown().forEach(PendingRequests::resolve);
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

  /// What commands may touch beyond their sandbox.
  PermissionGrant grantedForSession() {
    return grantedForSession;
  }

  Set<SessionKey> approvedForSession() {
    return Set.copyOf(approvedForSession);
  }
}
