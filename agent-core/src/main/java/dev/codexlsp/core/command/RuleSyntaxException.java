package dev.codexlsp.core.command;

/// A rule file that says something else than rules.
public final class RuleSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  /// @param line counted from 1
  RuleSyntaxException(int line, String problem) {
    super(problem);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
