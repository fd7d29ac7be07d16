package dev.codexlsp.exec;

/// A file operation that did not happen. The message is written for the model and for the user.
public final class FileException extends Exception {
  private static final long serialVersionUID = 1;

  /// What a caller can do about it.
  public enum Kind {
    NOT_FOUND,

    /// Asked of the wrong kind of file, or beyond a limit: the request itself is at fault.
    MISUSED,

    /// Outside what the policy allows.
    DENIED,

    /// The system refused: permissions, a full disk, a lost connection.
    FAILED
  }

  private final Kind kind;

  public FileException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public FileException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
