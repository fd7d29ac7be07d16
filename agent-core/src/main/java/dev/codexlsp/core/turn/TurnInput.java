package dev.codexlsp.core.turn;

import dev.codexlsp.core.thread.UserInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of the user.
///
/// @param clientMessageId the client's own name for it, echoed in its item
/// @param context what the client adds to it
public record TurnInput(
    List<UserInput> content,
    @Nullable String clientMessageId,
    ClientMetadata metadata,
    List<AdditionalContext> context) {
  public TurnInput {
    content = List.copyOf(content);
    context = List.copyOf(context);
  }

  /// Words of nobody in particular.
  public static TurnInput of(List<UserInput> content) {
    return new TurnInput(content, null, ClientMetadata.NONE, List.of());
  }
}
