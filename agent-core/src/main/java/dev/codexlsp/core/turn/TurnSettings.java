package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.Credentials;
import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.tool.ChildEnvironment;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import org.jspecify.annotations.Nullable;

/// What a turn runs with, once the configuration has been read and found whole.
///
/// @param environment where its commands run; null for nowhere
record TurnSettings(
    ModelInfo model,
    @Nullable String effort,
    @Nullable String summary,
    @Nullable String serviceTier,
    ThreadOverrides.Mode mode,
    ModelProvider provider,
    @Nullable Credential credential,
    ApprovalPolicy approvalPolicy,
    boolean runsKnownSafe,
    ApprovalsReviewer reviewer,
    boolean requestsPermissions,
    SandboxPolicy sandbox,
    @Nullable ExecEnvironment environment,
    ChildEnvironment.Rules environmentRules,
    CompactionTerms compaction,
    @Nullable Integer outputLimit) {

  /// The client's wishes over the configuration.
  ///
  /// @throws ConfigException when a model, its provider or a credential is missing
  static TurnSettings of(ThreadOverrides overrides, Config config, TurnRunner.Surroundings around)
      throws ConfigException {
    ThreadOverrides wishes = overrides.pinnedTo(config);
    ModelProvider provider = config.provider(wishes.modelProvider());
    ModelInfo model =
        ModelInfo.of(wishes.model() == null ? config.requiredModel() : wishes.model());
    ThreadOverrides.Mode mode =
        wishes.mode() == null
            ? new ThreadOverrides.Mode(CollaborationMode.DEFAULT, null)
            : wishes.mode();
    return new TurnSettings(
        model,
        effort(wishes, mode, config, model),
        wishes.summary(),
        wishes.serviceTier(),
        mode,
        provider,
        Credentials.resolve(provider, around.environment()),
        wishes.approvalPolicy() == null ? config.approvalPolicy() : wishes.approvalPolicy(),
        config.runsKnownSafe(),
        wishes.reviewer() == null ? config.approvalsReviewer() : wishes.reviewer(),
        config.requestsPermissions(),
        wishes.sandbox() == null ? config.sandboxPolicy() : wishes.sandbox(),
        around.environments().find(wishes.environment(), config),
        new ChildEnvironment.Rules(
            Credentials.variables(config), config.shellEnvironment().ignoresDefaultExcludes()),
        CompactionTerms.of(config, model),
        config.context().toolOutputLimit());
  }

  /// A plan may want more thought than the rest.
  private static @Nullable String effort(
      ThreadOverrides wishes, ThreadOverrides.Mode mode, Config config, ModelInfo model) {
    String wanted = Effort.word(wishes.effort());
    if (mode.kind() == CollaborationMode.PLAN && config.answers().planEffort() != null) {
      wanted = config.answers().planEffort();
    }
    return wanted == null ? model.reasoningEffort() : wanted;
  }
}
