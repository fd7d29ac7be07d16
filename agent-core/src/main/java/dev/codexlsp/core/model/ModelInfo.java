package dev.codexlsp.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known about a model beyond its name.
///
/// @param displayName for people
/// @param isKnown whether somebody has described it; else everything here is a careful guess
/// @param isHidden whether pickers leave it out
/// @param contextWindow the tokens a request may fill
/// @param reasoningEffort the effort asked for unless somebody says otherwise; null leaves it to
///   the server
/// @param efforts what may be asked for, the smallest first
/// @param summary the kind of summary of its thoughts that is asked for; null for none
/// @param verbosity the `text.verbosity` asked for; null when the model has no such setting
/// @param hasPlan whether it was taught to write down its plan
/// @param seesImages whether pictures may be sent to it
/// @param instructions its own base instructions; null for ours
public record ModelInfo(
    String slug,
    String displayName,
    String description,
    boolean isKnown,
    boolean isHidden,
    long contextWindow,
    @Nullable String reasoningEffort,
    List<Effort> efforts,
    @Nullable String summary,
    @Nullable String verbosity,
    PatchForm patchForm,
    boolean hasPlan,
    boolean seesImages,
    @Nullable String instructions) {
  /// How a model writes patches.
  public enum PatchForm {
    /// As they are, for a custom tool with a grammar.
    FREEFORM,
    /// As the argument of a function.
    FUNCTION,
    /// Not at all.
    NONE
  }

  /// A reasoning effort, and what it is good for.
  public record Effort(String effort, String description) {}

  static final long DEFAULT_WINDOW = 272_000;
  static final long DEFAULT_PERCENT = 95;

  private static final long PERCENT = 100;

  public ModelInfo {
    efforts = List.copyOf(efforts);
  }

  /// The entry of a model in our own catalogue, or careful guesses.
  public static ModelInfo of(String slug) {
    return ModelCatalog.bundled().find(slug);
  }

  /// What is guessed of a model that nobody has described. A patch as the argument of a function is
  /// what every model can write.
  static ModelInfo unknown(String slug) {
    return new ModelInfo(
        slug,
        slug,
        "",
        false,
        true,
        usable(DEFAULT_WINDOW, DEFAULT_PERCENT),
        null,
        List.of(),
        "auto",
        null,
        PatchForm.FUNCTION,
        false,
        true,
        null);
  }

  /// The part of a window that may be filled.
  static long usable(long window, long percent) {
    return window * percent / PERCENT;
  }

  /// The same with what the user has decided; null keeps what is known. A model without verbosity
  /// is not asked for one.
  ///
  /// @param wantedWindow tokens, all that fit
  /// @param wantedSummary `none` for none
  public ModelInfo with(
      @Nullable Long wantedWindow,
      @Nullable String wantedSummary,
      @Nullable String wantedVerbosity) {
    return new ModelInfo(
        slug,
        displayName,
        description,
        isKnown,
        isHidden,
        wantedWindow == null ? contextWindow : usable(wantedWindow, DEFAULT_PERCENT),
        reasoningEffort,
        efforts,
        wantedSummary == null ? summary : orNone(wantedSummary),
        wantedVerbosity == null || verbosity == null ? verbosity : wantedVerbosity,
        patchForm,
        hasPlan,
        seesImages,
        instructions);
  }

  static @Nullable String orNone(String word) {
    return word.equals("none") ? null : word;
  }
}
