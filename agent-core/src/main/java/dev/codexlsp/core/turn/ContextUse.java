package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.TokenUsage;

/// How full the context window is.
///
/// @param tokens what the last response cost in all, and an estimate of what has come since
/// @param prefix the input of the first response in this window; 0 as long as there is none
public record ContextUse(long tokens, long prefix) {
  public static final ContextUse NOTHING = new ContextUse(0, 0);

  /// A server that counts nothing leaves us with our own estimate.
  public ContextUse after(TokenUsage.Breakdown last) {
    return new ContextUse(
        last.totalTokens() == 0 ? tokens : last.totalTokens(),
        prefix == 0 ? last.inputTokens() : prefix);
  }

  public ContextUse plus(ResponseItem item) {
    return new ContextUse(tokens + TokenEstimate.of(item), prefix);
  }

  /// The model has refused a request because it did not fit.
  public ContextUse full(long window) {
    return new ContextUse(Math.max(tokens, window), prefix);
  }
}
