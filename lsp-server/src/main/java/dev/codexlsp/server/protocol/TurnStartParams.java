package dev.codexlsp.server.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The user's words. The settings stay for later turns of the thread.
///
/// @param clientUserMessageId the client's own name for the message, echoed in its item
/// @param environments where commands run, and in which folder there
/// @param collaborationMode whether the model plans or works
/// @param progressToken ours: work-done progress is reported under it until the turn ends. LSP's
///   own `workDoneToken` ends its life with the response, so it is of no use here
public record TurnStartParams(
    ThreadId threadId,
    List<UserInput> input,
    @Nullable String clientUserMessageId,
    @Nullable String model,
    @Nullable Path cwd,
    @Nullable ApprovalPolicy approvalPolicy,
    @Nullable ApprovalsReviewer approvalsReviewer,
    @Nullable SandboxPolicy sandboxPolicy,
    @Nullable String effort,
    @Nullable List<TurnEnvironmentParams> environments,
    @Nullable Collaboration collaborationMode,
    @Nullable JsonElement progressToken) {
  public TurnStartParams {
    input = List.copyOf(input);
    progressToken = progressToken instanceof JsonNull ? null : progressToken;
    environments = environments == null ? null : List.copyOf(environments);
  }

  /// The mode, as far as we heed it: the settings that belong to it in the original are those that
  /// a turn has anyway.
  public record Collaboration(CollaborationMode mode) {}

  public ThreadOverrides overrides() {
    return new ThreadOverrides(
        model,
        null,
        TurnEnvironmentParams.folder(environments, cwd),
        approvalPolicy,
        approvalsReviewer,
        sandboxPolicy,
        effort,
        TurnEnvironmentParams.chosen(environments),
        collaborationMode == null ? null : collaborationMode.mode(),
        null);
  }
}
