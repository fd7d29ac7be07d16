package dev.codexlsp.core.turn;

import dev.codexlsp.core.thread.UserInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One message of the user.
///
/// @param clientMessageId the client's own name for it, echoed in its item
/// @param metadata what the client wants the model's service to know, from this message on
public record TurnInput(
    List<UserInput> content, @Nullable String clientMessageId, Map<String, String> metadata) {
  public TurnInput {
    content = List.copyOf(content);
    metadata = Map.copyOf(metadata);
  }

  /// Words of nobody in particular.
  public static TurnInput of(List<UserInput> content) {
    return new TurnInput(content, null, Map.of());
  }
}
