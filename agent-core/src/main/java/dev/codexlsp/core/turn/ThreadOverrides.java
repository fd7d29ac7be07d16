package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a client has decided for a thread; null leaves it to the configuration.
///
/// @param environment where commands run, by its id
/// @param instructions what its model is told first
/// @param mode null is [CollaborationMode#DEFAULT]
public record ThreadOverrides(
    @Nullable String model,
    @Nullable String modelProvider,
    @Nullable Path cwd,
    @Nullable ApprovalPolicy approvalPolicy,
    @Nullable ApprovalsReviewer reviewer,
    @Nullable SandboxPolicy sandbox,
    @Nullable String effort,
    @Nullable String environment,
    @Nullable CollaborationMode mode,
    @Nullable Instructions instructions) {
  public static final ThreadOverrides NONE =
      new ThreadOverrides(null, null, null, null, null, null, null, null, null, null);

  /// These, where they say something, else the earlier ones.
  public ThreadOverrides over(ThreadOverrides earlier) {
    return new ThreadOverrides(
        model != null ? model : earlier.model,
        modelProvider != null ? modelProvider : earlier.modelProvider,
        cwd != null ? resolve(earlier.cwd, cwd) : earlier.cwd,
        approvalPolicy != null ? approvalPolicy : earlier.approvalPolicy,
        reviewer != null ? reviewer : earlier.reviewer,
        sandbox != null ? sandbox : earlier.sandbox,
        effort != null ? effort : earlier.effort,
        environment != null ? environment : earlier.environment,
        mode != null ? mode : earlier.mode,
        instructions != null ? instructions.over(earlier.instructions) : earlier.instructions);
  }

  /// The same with what its model is told first.
  public ThreadOverrides with(Instructions said) {
    return new ThreadOverrides(
        model,
        modelProvider,
        cwd,
        approvalPolicy,
        reviewer,
        sandbox,
        effort,
        environment,
        mode,
        said.over(instructions));
  }

  private static Path resolve(@Nullable Path base, Path path) {
    return (base == null ? path : base.resolve(path)).normalize();
  }

  /// Fixes what the configuration says today, so that a later change of it does not move a thread
  /// that runs.
  public ThreadOverrides pinnedTo(Config config) {
    return over(
        new ThreadOverrides(
            config.model(),
            config.modelProvider(),
            null,
            config.approvalPolicy(),
            config.approvalsReviewer(),
            config.sandboxPolicy(),
            config.modelReasoningEffort(),
            null,
            null,
            null));
  }
}
