package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a client has decided for a thread; null leaves it to the configuration.
///
/// @param environment where commands run, by its id
/// @param summary auto, concise, detailed or none
/// @param serviceTier the service's word; `default` for its usual one
/// @param instructions what its model is told first
/// @param mode null is [CollaborationMode#DEFAULT]
public record ThreadOverrides(
    @Nullable String model,
    @Nullable String modelProvider,
    @Nullable Path cwd,
    @Nullable ApprovalPolicy approvalPolicy,
    @Nullable ApprovalsReviewer reviewer,
    @Nullable SandboxPolicy sandbox,
    @Nullable Effort effort,
    @Nullable String summary,
    @Nullable String serviceTier,
    @Nullable String environment,
    @Nullable Mode mode,
    @Nullable Instructions instructions) {
  public static final ThreadOverrides NONE =
      new ThreadOverrides(null, null, null, null, null, null, null, null, null, null, null, null);

  /// Nothing but a directory.
  public static ThreadOverrides in(Path cwd) {
    return new ThreadOverrides(
        null, null, cwd, null, null, null, null, null, null, null, null, null);
  }

  /// Nothing but a model.
  static ThreadOverrides ofModel(@Nullable String model) {
    return new ThreadOverrides(
        model, null, null, null, null, null, null, null, null, null, null, null);
  }

  /// A way of working together.
  ///
  /// @param instructions what the model is told of it; null for our own words
  public record Mode(CollaborationMode kind, @Nullable String instructions) {}

  /// These and a mode of working together. The model and the effort that belong to it win.
  public ThreadOverrides with(@Nullable Collaboration collaboration) {
    if (collaboration == null) {
      return this;
    }
    Collaboration.Settings settings = collaboration.settings();
    return new ThreadOverrides(
        settings == null ? model : settings.model(),
        modelProvider,
        cwd,
        approvalPolicy,
        reviewer,
        sandbox,
        settings == null ? effort : new Effort(settings.reasoningEffort()),
        summary,
        serviceTier,
        environment,
        new Mode(collaboration.mode(), settings == null ? null : settings.developerInstructions()),
        instructions);
  }

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
        summary != null ? summary : earlier.summary,
        serviceTier != null ? serviceTier : earlier.serviceTier,
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
        summary,
        serviceTier,
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
            Effort.of(config.modelReasoningEffort()),
            config.answers().summary(),
            config.answers().serviceTier(),
            null,
            null,
            null));
  }
}
