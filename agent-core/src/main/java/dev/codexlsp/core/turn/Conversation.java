package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ResponseItem;
import java.util.List;

/// What the next request of a thread has to begin with.
public record Conversation(List<ResponseItem> items, ContextWindow window, ContextUse use) {
  public Conversation {
    items = List.copyOf(items);
  }

  /// One in which nobody has spoken yet, in the same window.
  Conversation begun() {
    return new Conversation(List.of(), window, ContextUse.NOTHING);
  }
}
