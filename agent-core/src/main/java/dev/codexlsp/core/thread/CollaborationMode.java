package dev.codexlsp.core.thread;

/// How the user and the model work together.
public enum CollaborationMode {
  /// The model finds out what is wanted, and asks.
  PLAN,
  /// The model does it.
  DEFAULT
}
