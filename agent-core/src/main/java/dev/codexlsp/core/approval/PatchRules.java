package dev.codexlsp.core.approval;

import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Predicate;

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
    /// @param reason shown to the user
    record Ask(String reason) implements Verdict {}

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
    String reason = isOutside ? OUTSIDE : isStartup ? STARTUP : "";
    return switch (policy) {
      case ApprovalPolicy.Untrusted() -> new Verdict.Ask(reason);
      case ApprovalPolicy.OnRequest() -> orAsk(reason, true);
      case ApprovalPolicy.Granular granular -> orAsk(reason, granular.sandboxApproval());
      case ApprovalPolicy.Never() -> orAsk(reason, false);
    };
  }

  private static Verdict orAsk(String reason, boolean mayAsk) {
    if (reason.isEmpty()) {
      return new Verdict.Apply();
    }
    return mayAsk
        ? new Verdict.Ask(reason)
        : new Verdict.Refuse(reason + "; rejected by user approval settings");
  }
}
