package dev.codexlsp.core.turn;

import dev.codexlsp.core.thread.UserInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of the user.
///
/// @param clientMessageId the client's own name for it, echoed in its item
public record TurnInput(List<UserInput> content, @Nullable String clientMessageId) {
  public TurnInput {
    content = List.copyOf(content);
  }
}
