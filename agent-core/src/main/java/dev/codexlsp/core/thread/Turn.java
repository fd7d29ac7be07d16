package dev.codexlsp.core.thread;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One exchange: the user's input and everything the agent did about it.
///
/// @param items what this message carries of the turn's items, see `itemsView`
/// @param startedAt Unix seconds, as is `completedAt`
public record Turn(
    TurnId id,
    List<Item> items,
    ItemsView itemsView,
    Status status,
    @Nullable TurnError error,
    @Nullable Long startedAt,
    @Nullable Long completedAt,
    @Nullable Long durationMs) {
  public Turn {
    items = List.copyOf(items);
  }

  public enum Status {
    IN_PROGRESS,
    COMPLETED,
    INTERRUPTED,
    FAILED
  }

  public enum ItemsView {
    NOT_LOADED,
    /// At most the final message of the agent.
    SUMMARY
  }
}
