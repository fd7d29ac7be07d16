package dev.codexlsp.core.toml;

/// A text that is not TOML, or a path of keys that is none.
public final class TomlSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  TomlSyntaxException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /// Counted from 1.
  public int line() {
    return line;
  }

  /// Counted from 1.
  public int column() {
    return column;
  }
}
