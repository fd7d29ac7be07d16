package dev.codexlsp.core.model;

import org.jspecify.annotations.Nullable;

/// What is known about a model beyond its name.
///
/// @param contextWindow the tokens a request may fill
/// @param reasoningEffort the effort asked for unless somebody says otherwise; null leaves it to
///   the server
/// @param verbosity the `text.verbosity` asked for; null when the model has no such setting
/// @param hasPlan whether it was taught to write down its plan
public record ModelInfo(
    String slug,
    long contextWindow,
    @Nullable String reasoningEffort,
    @Nullable String verbosity,
    PatchForm patchForm,
    boolean hasPlan) {
  /// How a model writes patches.
  public enum PatchForm {
    /// As they are, for a custom tool with a grammar.
    FREEFORM,
    /// As the argument of a function.
    FUNCTION,
    /// Not at all.
    NONE
  }

  private static final long DEFAULT_CONTEXT_WINDOW = 258_400;

  /// The entry of a model, or careful guesses for one that nobody has described.
  public static ModelInfo of(String slug) {
    return switch (slug) {
      case "gpt-5.5" ->
          new ModelInfo(slug, DEFAULT_CONTEXT_WINDOW, "medium", "low", PatchForm.FREEFORM, false);
      case "gpt-5-codex" ->
          new ModelInfo(slug, DEFAULT_CONTEXT_WINDOW, "medium", null, PatchForm.FREEFORM, true);
      default -> new ModelInfo(slug, DEFAULT_CONTEXT_WINDOW, null, null, PatchForm.FUNCTION, false);
    };
  }
}
