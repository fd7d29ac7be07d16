package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.turn.TurnInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// More words for a turn that runs.
///
/// @param expectedTurnId the turn that the client believes to run
/// @param clientUserMessageId the client's own name for the message, echoed in its item
/// @param responsesapiClientMetadata what the model's service is told from this message on
public record TurnSteerParams(
    ThreadId threadId,
    TurnId expectedTurnId,
    List<UserInput> input,
    @Nullable String clientUserMessageId,
    @Nullable Map<String, String> responsesapiClientMetadata) {
  public TurnSteerParams {
    input = List.copyOf(input);
    responsesapiClientMetadata =
        responsesapiClientMetadata == null ? null : Map.copyOf(responsesapiClientMetadata);
  }

  /// The message.
  public TurnInput message() {
    return new TurnInput(
        input,
        clientUserMessageId,
        responsesapiClientMetadata == null ? Map.of() : responsesapiClientMetadata);
  }
}
