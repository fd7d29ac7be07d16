package dev.codexlsp.core.approval;

import dev.codexlsp.core.command.RuleDecision;
import org.jspecify.annotations.Nullable;

/// Decides whether a command runs, is asked about, or is refused. Pure.
public final class ApprovalRules {
  private ApprovalRules() {}

  /// The word on one command.
  public sealed interface Verdict {

    /// It may run.
    ///
    /// @param isConfined whether the sandbox of the turn holds for it
    record Run(boolean isConfined) implements Verdict {}

    /// Somebody has to decide.
    ///
    /// @param isConfined whether the sandbox holds for it once it is accepted
    /// @param reason why somebody has to be asked, when it is not only the policy
    record Ask(boolean isConfined, @Nullable String reason) implements Verdict {}

    /// No, without asking.
    ///
    /// @param reason told to the model
    record Refuse(String reason) implements Verdict {}
  }

  /// What is known of a command that wants to run.
  ///
  /// @param rules what the user's rules say about it
  /// @param objection why it may not run without the sandbox although a rule allows it; null for
  ///   nothing
  /// @param isDangerous whether it destroys without a question of its own
  /// @param isHarmless whether it only looks, and the user does not want to be asked about such
  /// @param isEscalated whether it asks to run without the sandbox
  /// @param isLimited whether there is a sandbox that limits it
  public record Facts(
      dev.codexlsp.core.command.Verdict rules,
      @Nullable String objection,
      boolean isDangerous,
      boolean isHarmless,
      boolean isEscalated,
      boolean isLimited) {}

  public static Verdict judge(ApprovalPolicy policy, Facts command) {
    RuleDecision decision = command.rules().decision();
    return switch (decision) {
      case FORBIDDEN -> new Verdict.Refuse(because("a rule forbids this", command));
      case PROMPT -> prompted(policy, command);
      case ALLOW -> allowed(policy, command);
      case null -> undecided(policy, command);
    };
  }

  private static String because(String sentence, Facts command) {
    String justification = command.rules().justification();
    return justification == null ? sentence : sentence + ": " + justification;
  }

  private static Verdict prompted(ApprovalPolicy policy, Facts command) {
    boolean mayAsk =
        switch (policy) {
          case ApprovalPolicy.Untrusted(), ApprovalPolicy.OnRequest() -> true;
          case ApprovalPolicy.Granular granular -> granular.rules();
          case ApprovalPolicy.Never() -> false;
        };
    return mayAsk
        ? new Verdict.Ask(!command.isEscalated(), command.rules().justification())
        : new Verdict.Refuse(
            because("a rule wants the user to be asked, who is not to be asked", command));
  }

  /// A rule that allows takes the sandbox away too, unless the programs may not be what they are
  /// called. What nobody fully understands stays in the sandbox.
  private static Verdict allowed(ApprovalPolicy policy, Facts command) {
    if (!command.rules().mayRunUnconfined()) {
      return command.isEscalated() ? undecided(policy, command) : new Verdict.Run(true);
    }
    if (command.objection() == null) {
      return new Verdict.Run(false);
    }
    return switch (policy) {
      case ApprovalPolicy.Untrusted(), ApprovalPolicy.OnRequest(), ApprovalPolicy.Granular _ ->
          new Verdict.Ask(false, command.objection());
      case ApprovalPolicy.Never() -> undecided(policy, command);
    };
  }

  private static Verdict undecided(ApprovalPolicy policy, Facts command) {
    if (command.isDangerous()) {
      return policy instanceof ApprovalPolicy.Never
          ? new Verdict.Refuse("a forced removal is not permitted when nobody is asked")
          : new Verdict.Ask(!command.isEscalated(), null);
    }
    if (command.isEscalated() && command.isLimited()) {
      return escalated(policy);
    }
    return switch (policy) {
      case ApprovalPolicy.Untrusted() ->
          command.isHarmless() ? new Verdict.Run(true) : new Verdict.Ask(true, null);
      case ApprovalPolicy.OnRequest(), ApprovalPolicy.Granular _, ApprovalPolicy.Never() ->
          new Verdict.Run(true);
    };
  }

  private static Verdict escalated(ApprovalPolicy policy) {
    boolean mayAsk =
        switch (policy) {
          case ApprovalPolicy.Untrusted(), ApprovalPolicy.OnRequest() -> true;
          case ApprovalPolicy.Granular granular -> granular.sandboxApproval();
          case ApprovalPolicy.Never() -> false;
        };
    return mayAsk
        ? new Verdict.Ask(false, null)
        : new Verdict.Refuse(
            "the approval policy does not let a command ask to leave the sandbox; do not ask for"
                + " escalated permissions");
  }
}
