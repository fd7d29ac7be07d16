package dev.codexlsp.core.model;

import org.jspecify.annotations.Nullable;

/// The stretch of a conversation that a model is shown: it begins with the thread, and anew each
/// time the history is made shorter.
///
/// @param number counts the times that it was made shorter
/// @param firstId of the window that the thread began with
/// @param previousId null for the first
public record ContextWindow(int number, String firstId, @Nullable String previousId, String id) {

  /// The one a thread begins with.
  public static ContextWindow first(String id) {
    return new ContextWindow(0, id, null, id);
  }

  public ContextWindow next(String nextId) {
    return new ContextWindow(number + 1, firstId, id, nextId);
  }
}
