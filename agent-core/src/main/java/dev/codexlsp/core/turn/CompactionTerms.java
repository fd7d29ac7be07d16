package dev.codexlsp.core.turn;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.Config.CompactScope;
import dev.codexlsp.core.model.ModelInfo;
import org.jspecify.annotations.Nullable;

/// When a conversation is made shorter, and how the model is asked to.
///
/// @param roomLimit nine tenths of all that the model takes in; nobody may set a higher limit
/// @param limit at so many tokens the next step has to wait
/// @param prompt in the place of our own; null for that
record CompactionTerms(long roomLimit, long limit, CompactScope scope, @Nullable String prompt) {
  /// What of the window of a model is left for requests, as in the original.
  private static final int USABLE_PERCENT = 95;

  private static final int ROOM_PERCENT = 90;

  static CompactionTerms of(Config config, ModelInfo model) {
    Config.Context context = config.context();
    Long configured = context.window();
    long whole = configured != null ? configured : model.contextWindow() * 100 / USABLE_PERCENT;
    long roomLimit = whole * ROOM_PERCENT / 100;
    Long limit = context.compactLimit();
    return new CompactionTerms(
        roomLimit,
        limit == null ? roomLimit : Math.min(limit, roomLimit),
        context.compactScope(),
        config.prompt().compactPrompt());
  }

  boolean isDue(ContextUse use) {
    return use.tokens() >= roomLimit || counted(use) >= limit;
  }

  /// Whether even the beginning of this window is over the limit: to begin yet another one between
  /// two steps would only take away from the model what it has just found out.
  boolean isFutile(ContextUse use) {
    return scope == CompactScope.TOTAL && use.prefix() >= limit;
  }

  private long counted(ContextUse use) {
    return switch (scope) {
      case TOTAL -> use.tokens();
      case BODY_AFTER_PREFIX -> use.prefix() == 0 ? 0 : use.tokens() - use.prefix();
    };
  }
}
