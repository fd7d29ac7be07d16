package dev.codexlsp.core.store;

import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ResponseItem;
import java.util.List;

/// A history that takes the place of everything before it.
///
/// @param message the summary as the model reads it, for readers that cannot use `history`
/// @param window the one that begins with it
public record Compacted(String message, List<ResponseItem> history, ContextWindow window)
    implements RolloutLine {
  public Compacted {
    history = List.copyOf(history);
  }
}
