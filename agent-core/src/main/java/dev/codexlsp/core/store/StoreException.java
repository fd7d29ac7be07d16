package dev.codexlsp.core.store;

/// A rollout that cannot be written; the message names the file. Whoever asked decides what that
/// means for the turn.
public sealed class StoreException extends RuntimeException permits ThreadInUseException {
  private static final long serialVersionUID = 1;

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
