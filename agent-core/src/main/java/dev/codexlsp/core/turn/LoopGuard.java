package dev.codexlsp.core.turn;

import org.jspecify.annotations.Nullable;

/// Ends a turn whose model calls nothing but tools that fail, over and over. Confined to the turn's
/// thread.
final class LoopGuard {
  /// So many answers in a row with nothing but failing calls are the last ones.
  static final int LIMIT = 50;

  private int failing;

  /// Takes note of one answer of the model; says why the turn has to end, or null.
  ///
  /// @param allFailed whether every call of the answer has failed
  @Nullable String afterStep(boolean allFailed) {
    failing = allFailed ? failing + 1 : 0;
    return failing < LIMIT
        ? null
        : "the model has called nothing but failing tools " + LIMIT + " times in a row";
  }
}
