package dev.codexlsp.core.approval;

import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.util.Set;

/// Decides whether a command runs, is asked about, or is refused. Pure.
public final class ApprovalRules {
  private ApprovalRules() {}

  /// The rule's word on one command.
  public sealed interface Verdict {

    record Run() implements Verdict {}

    record Ask() implements Verdict {}

    /// No, without asking.
    ///
    /// @param reason told to the model
    record Refuse(String reason) implements Verdict {}
  }

  /// There is no sandbox yet, so every command is asked about. Policy `never` leaves nobody to ask:
  /// it runs what the user has freed from any sandbox, and refuses the rest.
  ///
  /// @param approved what the user has accepted for the session
  public static Verdict judge(ApprovalPolicy policy, CommandKey command, Set<SessionKey> approved) {
    return switch (policy) {
      case NEVER ->
          command.sandbox() instanceof SandboxPolicy.DangerFullAccess
              ? new Verdict.Run()
              : new Verdict.Refuse("sandbox unavailable");
      case UNTRUSTED, ON_REQUEST ->
          approved.contains(command) ? new Verdict.Run() : new Verdict.Ask();
    };
  }
}
