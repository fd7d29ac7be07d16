package dev.codexlsp.exec;

/// A command that never ran because it could not be confined. It is not run with wider limits
/// instead, and it is not that the sandbox has denied it something.
public final class SandboxUnavailableException extends ExecException {
  private static final long serialVersionUID = 1;

  /// What all its messages begin with.
  public static final String UNAVAILABLE = "sandbox unavailable: ";

  /// @param reason lower case, without the words that say that there is no sandbox
  public SandboxUnavailableException(String reason) {
    super(UNAVAILABLE + reason);
  }

  public SandboxUnavailableException(String reason, Throwable cause) {
    super(UNAVAILABLE + reason, cause);
  }
}
