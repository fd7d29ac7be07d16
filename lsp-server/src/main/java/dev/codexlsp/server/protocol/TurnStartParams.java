package dev.codexlsp.server.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.turn.TurnOptions;
import dev.codexlsp.core.turn.TurnWork;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The user's words. The settings stay for later turns of the thread.
///
/// @param clientUserMessageId the client's own name for the message, echoed in its item
/// @param environments where commands run, and in which folder there
/// @param collaborationMode whether the model plans or works
/// @param outputSchema what the answers of this turn have to look like
/// @param serviceTierForTurn instead of that of the thread
/// @param additionalContext what the model is told besides the words
/// @param responsesapiClientMetadata what the model's service is told besides
/// @param responsesapiClientMetadataPatch and this on top
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
    @Nullable String permissions,
    @Nullable String effort,
    @Nullable ReasoningSummary summary,
    @Nullable JsonElement serviceTier,
    @Nullable List<TurnEnvironmentParams> environments,
    @Nullable Collaboration collaborationMode,
    @Nullable JsonElement outputSchema,
    @Nullable String serviceTierForTurn,
    @Nullable Map<String, AdditionalContextEntry> additionalContext,
    @Nullable Map<String, String> responsesapiClientMetadata,
    @Nullable Map<String, String> responsesapiClientMetadataPatch,
    @Nullable JsonElement progressToken)
    implements SettingsWishes, UserWishes {
  public TurnStartParams {
    input = List.copyOf(input);
    SettingsWishes.requireTier(serviceTier);
    progressToken = progressToken instanceof JsonNull ? null : progressToken;
    environments = environments == null ? null : List.copyOf(environments);
    outputSchema = outputSchema instanceof JsonNull ? null : outputSchema;
    if (outputSchema != null && !(outputSchema instanceof JsonObject)) {
      throw new IllegalArgumentException("`outputSchema` must be an object");
    }
  }

  /// What the turn shall do.
  public TurnWork.Conversation work() {
    return new TurnWork.Conversation(
        message(),
        new TurnOptions(
            outputSchema instanceof JsonObject schema ? schema : null, serviceTierForTurn));
  }
}
