package dev.codexlsp.core.thread;

import org.jspecify.annotations.Nullable;

/// What a thread has cost.
///
/// @param total over all model responses of the thread
/// @param last of the most recent one
public record TokenUsage(Breakdown total, Breakdown last, @Nullable Long modelContextWindow) {

  /// `cachedInputTokens` is a part of `inputTokens`, `reasoningOutputTokens` a part of
  /// `outputTokens`.
  public record Breakdown(
      long totalTokens,
      long inputTokens,
      long cachedInputTokens,
      long cacheWriteInputTokens,
      long outputTokens,
      long reasoningOutputTokens) {

    public static final Breakdown ZERO = new Breakdown(0, 0, 0, 0, 0, 0);

    public Breakdown plus(Breakdown other) {
      return new Breakdown(
          totalTokens + other.totalTokens,
          inputTokens + other.inputTokens,
          cachedInputTokens + other.cachedInputTokens,
          cacheWriteInputTokens + other.cacheWriteInputTokens,
          outputTokens + other.outputTokens,
          reasoningOutputTokens + other.reasoningOutputTokens);
    }
  }
}
