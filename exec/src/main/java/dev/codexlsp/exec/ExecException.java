package dev.codexlsp.exec;

import org.jspecify.annotations.Nullable;

/// A command that never ran. The message is written for the model and for the user: lower case, and
/// it names the program or the directory that is wrong.
public sealed class ExecException extends Exception permits SandboxUnavailableException {
  private static final long serialVersionUID = 1;

  private final @Nullable SystemError error;

  public ExecException(String message) {
    super(message);
    error = null;
  }

  public ExecException(String message, Throwable cause) {
    super(message, cause);
    error = null;
  }

  /// What the system refused, or would.
  public ExecException(String message, SystemError error) {
    super(message);
    this.error = error;
  }

  /// What the system said; null when it is we who refuse, or it is not known.
  public @Nullable SystemError error() {
    return error;
  }
}
