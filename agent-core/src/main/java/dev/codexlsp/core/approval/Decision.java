package dev.codexlsp.core.approval;

/// What a human can say to a question.
public enum Decision {
  /// Once.
  ACCEPT,
  /// Now, and every time exactly the same is wanted while this thread is loaded.
  ACCEPT_FOR_SESSION,
  /// No; the model is told and the turn goes on.
  DECLINE,
  /// No, and the turn ends.
  CANCEL
}
