package dev.codexlsp.core.store;

import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A thread as its rollout tells it, so that somebody can go on with it.
///
/// @param rollout where it goes on; nothing is written or locked before its next turn
/// @param history what the model has to be told again; every call in it has an output
/// @param window null for the one that the thread began with
/// @param usage null when none is stored
/// @param preview the first words of the user; empty when there are none
public record StoredThread(
    SessionMeta meta,
    Rollout rollout,
    List<ResponseItem> history,
    @Nullable ContextWindow window,
    @Nullable TokenUsage usage,
    String preview) {
  public StoredThread {
    history = List.copyOf(history);
  }
}
