package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ThreadConfig;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.toml.TomlValue;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a client has decided for a thread; null leaves it to the configuration.
///
/// @param environment where commands run, by its id
/// @param mode null is [CollaborationMode#DEFAULT]
/// @param instructions what its model is told first
/// @param config what else it wants configured; see [ThreadConfig]
public record ThreadOverrides(
    @Nullable Path cwd,
    Answering answering,
    Limits limits,
    @Nullable String environment,
    @Nullable Mode mode,
    @Nullable Instructions instructions,
    TomlValue.Table config) {
  public static final ThreadOverrides NONE =
      new ThreadOverrides(
          null, Answering.AS_CONFIGURED, Limits.AS_CONFIGURED, null, null, null, ThreadConfig.NONE);

  /// Who answers, and how.
  ///
  /// @param summary auto, concise, detailed or none
  /// @param serviceTier the service's word; `default` for its usual one
  public record Answering(
      @Nullable String model,
      @Nullable String modelProvider,
      @Nullable Effort effort,
      @Nullable String summary,
      @Nullable String serviceTier) {
    public static final Answering AS_CONFIGURED = by(null);

    /// Nothing but a model.
    public static Answering by(@Nullable String model) {
      return new Answering(model, null, null, null, null);
    }

    private Answering over(Answering earlier) {
      return new Answering(
          first(model, earlier.model),
          first(modelProvider, earlier.modelProvider),
          first(effort, earlier.effort),
          first(summary, earlier.summary),
          first(serviceTier, earlier.serviceTier));
    }
  }

  /// What is allowed, and who says so.
  public record Limits(
      @Nullable ApprovalPolicy approvalPolicy,
      @Nullable ApprovalsReviewer reviewer,
      @Nullable SandboxPolicy sandbox) {
    public static final Limits AS_CONFIGURED = new Limits(null, null, null);

    private Limits over(Limits earlier) {
      return new Limits(
          first(approvalPolicy, earlier.approvalPolicy),
          first(reviewer, earlier.reviewer),
          first(sandbox, earlier.sandbox));
    }
  }

  /// A way of working together.
  ///
  /// @param instructions what the model is told of it; null for our own words
  public record Mode(CollaborationMode kind, @Nullable String instructions) {}

  /// Nothing but a directory.
  public static ThreadOverrides in(Path cwd) {
    return NONE.with(Answering.AS_CONFIGURED, Limits.AS_CONFIGURED, cwd);
  }

  /// Nothing but a model.
  static ThreadOverrides ofModel(@Nullable String model) {
    return NONE.with(Answering.by(model), Limits.AS_CONFIGURED, null);
  }

  /// These with others of the first three.
  public ThreadOverrides with(Answering other, Limits others, @Nullable Path folder) {
    return new ThreadOverrides(folder, other, others, environment, mode, instructions, config);
  }

  /// These and a mode of working together. The model and the effort that belong to it win.
  public ThreadOverrides with(@Nullable Collaboration collaboration) {
    if (collaboration == null) {
      return this;
    }
    Collaboration.Settings settings = collaboration.settings();
    Answering chosen =
        settings == null
            ? answering
            : new Answering(
                settings.model(),
                answering.modelProvider,
                new Effort(settings.reasoningEffort()),
                answering.summary,
                answering.serviceTier);
    Mode way =
        new Mode(collaboration.mode(), settings == null ? null : settings.developerInstructions());
    return new ThreadOverrides(cwd, chosen, limits, environment, way, instructions, config);
  }

  /// These, where they say something, else the earlier ones.
  public ThreadOverrides over(ThreadOverrides earlier) {
    return new ThreadOverrides(
        cwd != null ? resolve(earlier.cwd, cwd) : earlier.cwd,
        answering.over(earlier.answering),
        limits.over(earlier.limits),
        first(environment, earlier.environment),
        first(mode, earlier.mode),
        instructions != null ? instructions.over(earlier.instructions) : earlier.instructions,
        config.over(earlier.config));
  }

  /// The same with what its model is told first.
  public ThreadOverrides with(Instructions said) {
    return new ThreadOverrides(
        cwd, answering, limits, environment, mode, said.over(instructions), config);
  }

  /// Fixes what the configuration says today, so that a later change of it does not move a thread
  /// that runs.
  public ThreadOverrides pinnedTo(Config configured) {
    Answering answers =
        new Answering(
            configured.model(),
            configured.modelProvider(),
            Effort.of(configured.modelReasoningEffort()),
            configured.answers().summary(),
            configured.answers().serviceTier());
    Limits allowed =
        new Limits(
            configured.approvalPolicy(),
            configured.approvalsReviewer(),
            configured.sandboxPolicy());
    return over(NONE.with(answers, allowed, null));
  }

  public @Nullable String model() {
    return answering.model;
  }

  public @Nullable String modelProvider() {
    return answering.modelProvider;
  }

  public @Nullable Effort effort() {
    return answering.effort;
  }

  public @Nullable String summary() {
    return answering.summary;
  }

  public @Nullable String serviceTier() {
    return answering.serviceTier;
  }

  public @Nullable ApprovalPolicy approvalPolicy() {
    return limits.approvalPolicy;
  }

  public @Nullable ApprovalsReviewer reviewer() {
    return limits.reviewer;
  }

  public @Nullable SandboxPolicy sandbox() {
    return limits.sandbox;
  }

  private static Path resolve(@Nullable Path base, Path path) {
    return (base == null ? path : base.resolve(path)).normalize();
  }

  private static <T> @Nullable T first(@Nullable T said, @Nullable T earlier) {
    return said != null ? said : earlier;
  }
}
