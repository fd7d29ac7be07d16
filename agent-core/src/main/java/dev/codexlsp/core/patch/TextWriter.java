package dev.codexlsp.core.patch;

/// Puts a file together from lines. Confined to one call.
final class TextWriter {
  private final StringBuilder text;
  private final String newLine;

  /// Of the last line; not written yet, since the file may end without it.
  private String ending = "";

  TextWriter(String mark, String newLine) {
    this.text = new StringBuilder(mark);
    this.newLine = newLine;
  }

  /// Adds a line with the ending that the file uses.
  void line(String line) {
    line(line, newLine);
  }

  /// @param lineEnding empty if the line was the last one of a file without a final newline
  void line(String line, String lineEnding) {
    text.append(ending).append(line);
    ending = lineEnding.isEmpty() ? newLine : lineEnding;
  }

  String withFinalNewline() {
    return text + ending;
  }

  String withoutFinalNewline() {
    return text.toString();
  }
}
