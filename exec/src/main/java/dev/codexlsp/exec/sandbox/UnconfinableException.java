package dev.codexlsp.exec.sandbox;

/// Limits that cannot be kept as things are. The message is written for the model and for the user:
/// lower case, and it names the path.
public final class UnconfinableException extends Exception {
  private static final long serialVersionUID = 1;

  public UnconfinableException(String message) {
    super(message);
  }
}
