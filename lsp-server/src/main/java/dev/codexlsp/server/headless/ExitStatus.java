package dev.codexlsp.server.headless;

/// How the command ends, for the script that called it. A wrong command line is 2, as everywhere.
public enum ExitStatus {
  /// The turn has come to its own end.
  COMPLETED(0),
  /// It failed or was interrupted, or did not even begin.
  FAILED(1),
  /// It came to its end, but something that it wanted to do was refused.
  REFUSED(3);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
