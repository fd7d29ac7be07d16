package dev.codexlsp.server.protocol;

import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ThreadConfig;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.toml.TomlValue;
import dev.codexlsp.core.turn.Instructions;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client decides for a new thread; what it leaves out comes from the configuration.
///
/// @param cwd the first workspace folder unless given
/// @param config keys of the configuration, for this thread alone; members of its own go before it
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
    @Nullable JsonObject config,
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
        directory,
        ThreadOverrides.Answering.by(model),
        new ThreadOverrides.Limits(
            approvalPolicy, approvalsReviewer, sandbox == null ? null : sandbox.policy()),
        TurnEnvironmentParams.chosen(environments),
        null,
        baseInstructions == null && developerInstructions == null
            ? null
            : new Instructions(baseInstructions, developerInstructions),
        configured());
  }

  private TomlValue.Table configured() {
    try {
      return config == null ? ThreadConfig.NONE : ThreadConfig.of(PlainJson.of(config));
    } catch (ConfigException wrong) {
      throw new CodexException(String.valueOf(wrong.getMessage()));
    }
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
