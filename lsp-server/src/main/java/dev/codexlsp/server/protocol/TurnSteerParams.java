package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// More words for a turn that runs.
///
/// @param expectedTurnId the turn that the client believes to run
/// @param clientUserMessageId the client's own name for the message, echoed in its item
public record TurnSteerParams(
    ThreadId threadId,
    TurnId expectedTurnId,
    List<UserInput> input,
    @Nullable String clientUserMessageId) {
  public TurnSteerParams {
    input = List.copyOf(input);
  }
}
