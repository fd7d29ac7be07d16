package dev.codexlsp.exec;

/// How many characters a terminal shows.
public record TerminalSize(int rows, int columns) {
  public static final TerminalSize DEFAULT = new TerminalSize(24, 80);

  private static final int LIMIT = 65_535;

  public TerminalSize {
    if (rows < 1 || rows > LIMIT || columns < 1 || columns > LIMIT) {
      throw new IllegalArgumentException(
          "a terminal has 1 to " + LIMIT + " rows and columns, not " + rows + " x " + columns);
    }
  }
}
