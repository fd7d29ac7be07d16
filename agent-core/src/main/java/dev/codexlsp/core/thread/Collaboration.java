package dev.codexlsp.core.thread;

import org.jspecify.annotations.Nullable;

/// How the user and the model work together, and what belongs to that.
///
/// @param settings null keeps those of the thread
public record Collaboration(CollaborationMode mode, @Nullable Settings settings) {

  /// What a mode decides besides.
  ///
  /// @param reasoningEffort null leaves it to the model
  /// @param developerInstructions what the model is told of the mode; null for our own words
  public record Settings(
      String model, @Nullable String reasoningEffort, @Nullable String developerInstructions) {}
}
