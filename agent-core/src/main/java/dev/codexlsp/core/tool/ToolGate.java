package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.command.BannedPrefixes;
import dev.codexlsp.core.command.CommandRules;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.RuleFiles;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// What the user has allowed, and the way to ask for more: every effect passes here.
///
/// Used by the calls of one turn, on their threads. What the user accepts for the session is
/// remembered here for the rest of the turn and by the thread's owner for later ones; what the user
/// accepts for good goes to the rule files.
public final class ToolGate {
  private static final System.Logger LOG = System.getLogger(ToolGate.class.getName());

  private final TurnIo io;
  private final Terms terms;
  private final RuleFiles files;
  private final AtomicReference<CommandRules> rules;
  private final Set<SessionKey> approved = ConcurrentHashMap.newKeySet();

  /// What the user has settled beforehand.
  ///
  /// @param runsKnownSafe whether commands that only look run without a question under a policy
  ///   that would ask (`approval.known_safe`)
  public record Terms(ApprovalPolicy policy, boolean runsKnownSafe) {}

  /// @param files the rules of the user
  /// @param approvedForSession what the user has accepted before this turn
  public ToolGate(
      TurnIo io, Terms terms, RuleFiles files, Set<SessionKey> approvedForSession) {
    this.io = io;
    this.terms = terms;
    this.files = files;
    this.approved.addAll(approvedForSession);
    RuleFiles.Loaded loaded = files.load();
    loaded.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    this.rules = new AtomicReference<>(loaded.rules());
  }

  Terms terms() {
    return terms;
  }

  CommandRules rules() {
    return rules.get();
  }

  /// Whether the user has accepted all of it for the session.
  boolean isApproved(Set<? extends SessionKey> keys) {
    return approved.containsAll(keys);
  }

  Answer ask(ApprovalRequest request, Set<SessionKey> keys) throws InterruptedException {
    Answer answer = io.ask(request, keys);
    if (answer.equals(new Answer.Decided(new Decision.AcceptForSession()))) {
      approved.addAll(keys);
    }
    return answer instanceof Answer.Decided(
                Decision.AcceptWithExecpolicyAmendment(List<String> prefix))
            && !allow(prefix)
        ? new Answer.Failed("no rule can allow everything that begins so")
        : answer;
  }

  /// Allows what begins with these words from now on. A rule that cannot be stored holds for the
  /// turn. False when there must not be such a rule.
  private boolean allow(List<String> prefix) throws InterruptedException {
    if (BannedPrefixes.isBanned(prefix)) {
      return false;
    }
    rules.updateAndGet(known -> known.allowing(prefix));
    try {
      files.append(prefix);
    } catch (ConfigException unwritable) {
      LOG.log(System.Logger.Level.WARNING, "a rule is not stored", unwritable);
    }
    return true;
  }
}
