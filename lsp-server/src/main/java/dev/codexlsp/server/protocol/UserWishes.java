package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.turn.AdditionalContext;
import dev.codexlsp.core.turn.ClientMetadata;
import dev.codexlsp.core.turn.TurnInput;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A message of the user as a client passes it, and what it passes along.
interface UserWishes {

  List<UserInput> input();

  @Nullable String clientUserMessageId();

  @Nullable Map<String, AdditionalContextEntry> additionalContext();

  @Nullable Map<String, String> responsesapiClientMetadata();

  @Nullable Map<String, String> responsesapiClientMetadataPatch();

  /// The message.
  default TurnInput message() {
    Map<String, String> patch = responsesapiClientMetadataPatch();
    return new TurnInput(
        input(),
        clientUserMessageId(),
        new ClientMetadata(responsesapiClientMetadata(), patch == null ? Map.of() : patch),
        context());
  }

  /// By source, so that the same context is always told in the same order.
  private List<AdditionalContext> context() {
    Map<String, AdditionalContextEntry> entries =
        new TreeMap<>(Objects.requireNonNullElse(additionalContext(), Map.of()));
    if (entries.size() > AdditionalContext.LIMIT) {
      throw new CodexException("too many additional context entries");
    }
    return entries.entrySet().stream()
        .map(entry ->
            new AdditionalContext(
                entry.getKey(),
                entry.getValue().kind(),
                entry.getValue().name(),
                entry.getValue().value()))
        .toList();
  }
}
