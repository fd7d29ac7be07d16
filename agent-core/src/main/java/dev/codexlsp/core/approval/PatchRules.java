package dev.codexlsp.core.approval;

import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides whether a patch is applied, is asked about, or is refused. Pure.
public final class PatchRules {
  private static final String OUTSIDE = "writing outside of the project";
  private static final String STARTUP =
      "an editor or a shell runs what stands in a file that the patch changes";

  private PatchRules() {}

  /// The word of the rules on one patch.
  public sealed interface Verdict {

    record Apply() implements Verdict {}

    /// Somebody has to decide.
    ///
    /// @param reason why, when it is not only the policy
    record Ask(@Nullable String reason) implements Verdict {}

    /// No, without asking.
    ///
    /// @param reason told to the model
    record Refuse(String reason) implements Verdict {}
  }

  /// Judges.
  ///
  /// @param paths real ones: without links, `.` and `..`
  /// @param mayWrite whether the sandbox of the turn lets a path be written
  public static Verdict judge(
      ApprovalPolicy policy, Collection<Path> paths, Predicate<Path> mayWrite) {
    boolean isOutside = !paths.stream().allMatch(mayWrite);
    boolean isStartup = paths.stream().anyMatch(StartupFiles::holds);
    @Nullable String reason = isOutside ? OUTSIDE : isStartup ? STARTUP : null;
    return policy instanceof ApprovalPolicy.Untrusted
        ? new Verdict.Ask(reason)
        : orAsk(reason, mayAskToLeave(policy));
  }

  /// Whether the user may be asked when the place itself has refused what was judged to be within
  /// its sandbox.
  public static boolean mayAskToLeave(ApprovalPolicy policy) {
    return switch (policy) {
      case ApprovalPolicy.Untrusted(), ApprovalPolicy.OnRequest() -> true;
      case ApprovalPolicy.Granular granular -> granular.sandboxApproval();
      case ApprovalPolicy.Never() -> false;
    };
  }

  private static Verdict orAsk(@Nullable String reason, boolean mayAsk) {
    if (reason == null) {
      return new Verdict.Apply();
    }
    return mayAsk
        ? new Verdict.Ask(reason)
        : new Verdict.Refuse(reason + "; rejected by user approval settings");
  }
}
