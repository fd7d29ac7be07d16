package dev.codexlsp.exec;

/// A command that never ran. The message is written for the model and for the user: lower case, and
/// it names the program or the directory that is wrong.
public sealed class ExecException extends Exception permits SandboxUnavailableException {
  private static final long serialVersionUID = 1;

  public ExecException(String message) {
    super(message);
  }

  public ExecException(String message, Throwable cause) {
    super(message, cause);
  }
}
