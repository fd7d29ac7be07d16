package dev.codexlsp.exec.sandbox;

import java.util.List;
import java.util.Locale;

/// Whether a confined command has failed because its sandbox did not let it: nobody says so, it is
/// guessed from how it ended and what it wrote.
public final class DenialSigns {
  private static final List<String> WORDS =
      List.of(
          "operation not permitted",
          "permission denied",
          "read-only file system",
          "seccomp",
          "sandbox",
          "landlock",
          "failed to write file");

  private static final int KILLED_BY_FILTER = 128 + 31;

  private DenialSigns() {}

  /// Guesses.
  ///
  /// @param output the last of what it wrote
  public static boolean areSeen(int exitCode, String output) {
    if (exitCode == 0) {
      return false;
    }
    String text = output.toLowerCase(Locale.ROOT);
    return exitCode == KILLED_BY_FILTER || WORDS.stream().anyMatch(text::contains);
  }
}
