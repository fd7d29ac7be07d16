package dev.codexlsp.server.protocol;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.turn.Instructions;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client decides for a new thread; what it leaves out comes from the configuration.
///
/// @param cwd the first workspace folder unless given
/// @param baseInstructions who the model is and how it works, instead of ours
/// @param developerInstructions what else it is told
/// @param environments where commands run, and in which folder there; the configured default unless
///   given
/// @param dynamicTools what the client brings along for the model to call
public record ThreadStartParams(
    @Nullable Path cwd,
    @Nullable String model,
    @Nullable ApprovalPolicy approvalPolicy,
    @Nullable ApprovalsReviewer approvalsReviewer,
    @Nullable SandboxMode sandbox,
    @Nullable String baseInstructions,
    @Nullable String developerInstructions,
    @Nullable List<TurnEnvironmentParams> environments,
    @Nullable List<DynamicToolSpec> dynamicTools) {
  public ThreadStartParams {
    dynamicTools = dynamicTools == null ? null : List.copyOf(dynamicTools);
    DynamicToolSpec.requireUnique(dynamicTools == null ? List.of() : dynamicTools);
    environments = environments == null ? null : List.copyOf(environments);
  }

  /// What the client brings along.
  public List<DynamicToolSpec> tools() {
    return dynamicTools == null ? List.of() : dynamicTools;
  }

  /// The folder that the client wants.
  public @Nullable Path folder() {
    return TurnEnvironmentParams.folder(environments, cwd);
  }

  /// The wishes for the thread.
  ///
  /// @param directory an absolute one, in the place where commands run
  public ThreadOverrides overrides(Path directory) {
    return new ThreadOverrides(
        model,
        null,
        directory,
        approvalPolicy,
        approvalsReviewer,
        sandbox == null ? null : sandbox.policy(),
        null,
        null,
        null,
        TurnEnvironmentParams.chosen(environments),
        null,
        baseInstructions == null && developerInstructions == null
            ? null
            : new Instructions(baseInstructions, developerInstructions));
  }

  /// A sandbox policy by its short name.
  public enum SandboxMode {
    READ_ONLY,
    WORKSPACE_WRITE,
    DANGER_FULL_ACCESS;

    public SandboxPolicy policy() {
      return switch (this) {
        case READ_ONLY -> new SandboxPolicy.ReadOnly(false);
        case WORKSPACE_WRITE -> new SandboxPolicy.WorkspaceWrite(List.of(), false, false, false);
        case DANGER_FULL_ACCESS -> new SandboxPolicy.DangerFullAccess();
      };
    }
  }
}
