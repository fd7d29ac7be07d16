package dev.codexlsp.core.thread;

/// What a turn is for.
public enum TurnKind {
  /// The user says something and the model answers.
  REGULAR,
  /// The model looks at changes.
  REVIEW,
  /// The conversation is made shorter.
  COMPACT
}
