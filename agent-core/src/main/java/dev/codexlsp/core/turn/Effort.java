package dev.codexlsp.core.turn;

import org.jspecify.annotations.Nullable;

/// A decision about how hard a model shall think.
///
/// @param word any word, since new models bring new ones; null leaves it to the model, whatever was
///   decided before
public record Effort(@Nullable String word) {

  /// Null, which decides nothing, for null.
  public static @Nullable Effort of(@Nullable String word) {
    return word == null ? null : new Effort(word);
  }

  /// The word, if there is one.
  public static @Nullable String wordOf(@Nullable Effort effort) {
    return effort == null ? null : effort.word();
  }
}
