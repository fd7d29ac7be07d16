package dev.codexlsp.core.model;

import org.jspecify.annotations.Nullable;

/// What is known about a model beyond its name.
///
/// @param contextWindow the tokens a request may fill
/// @param reasoningEffort the effort asked for unless somebody says otherwise; null leaves it to
///   the server
/// @param verbosity the `text.verbosity` asked for; null when the model has no such setting
public record ModelInfo(
    String slug, long contextWindow, @Nullable String reasoningEffort, @Nullable String verbosity) {
  private static final long DEFAULT_CONTEXT_WINDOW = 258_400;

  /// The entry of a model, or careful guesses for one that nobody has described.
  public static ModelInfo of(String slug) {
    return switch (slug) {
      case "gpt-5.5" -> new ModelInfo(slug, DEFAULT_CONTEXT_WINDOW, "medium", "low");
      default -> new ModelInfo(slug, DEFAULT_CONTEXT_WINDOW, null, null);
    };
  }
}
