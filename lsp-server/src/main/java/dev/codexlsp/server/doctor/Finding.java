package dev.codexlsp.server.doctor;

import org.jspecify.annotations.Nullable;

/// What one look has shown.
///
/// @param subject a word for what was looked at
/// @param says a sentence, in lower case
/// @param todo what the user can do about it; null when there is nothing to do
public record Finding(String subject, Verdict verdict, String says, @Nullable String todo) {

  public enum Verdict {
    GOOD,
    /// It works, but perhaps not as the user thinks.
    DOUBTFUL,
    /// Something will not work.
    BAD
  }

  static Finding good(String subject, String says) {
    return new Finding(subject, Verdict.GOOD, says, null);
  }

  static Finding doubtful(String subject, String says, String todo) {
    return new Finding(subject, Verdict.DOUBTFUL, says, todo);
  }

  static Finding bad(String subject, String says, String todo) {
    return new Finding(subject, Verdict.BAD, says, todo);
  }
}
