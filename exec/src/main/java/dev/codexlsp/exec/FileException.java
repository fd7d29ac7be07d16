package dev.codexlsp.exec;

import org.jspecify.annotations.Nullable;

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
  private final @Nullable SystemError error;

  public FileException(Kind kind, String message) {
    this(kind, message, (Throwable) null);
  }

  public FileException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    error = null;
  }

  /// What the system refused, or would.
  public FileException(Kind kind, String message, SystemError error) {
    super(message);
    this.kind = kind;
    this.error = error;
  }

  /// What the system said; null when it is we who refuse, or it is not known.
  public @Nullable SystemError error() {
    return error;
  }

  public Kind kind() {
    return kind;
  }
}
