package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// More words for a turn that runs.
///
/// @param expectedTurnId the turn that the client believes to run
/// @param clientUserMessageId the client's own name for the message, echoed in its item
/// @param additionalContext what the model is told besides the words
/// @param responsesapiClientMetadata what the model's service is told from this message on
/// @param responsesapiClientMetadataPatch and this on top
public record TurnSteerParams(
    ThreadId threadId,
    TurnId expectedTurnId,
    List<UserInput> input,
    @Nullable String clientUserMessageId,
    @Nullable Map<String, AdditionalContextEntry> additionalContext,
    @Nullable Map<String, String> responsesapiClientMetadata,
    @Nullable Map<String, String> responsesapiClientMetadataPatch)
    implements UserWishes {
  public TurnSteerParams {
    input = List.copyOf(input);
  }
}
