package dev.codexlsp.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Something about the configuration that the user should know, and that stops nobody. It is the
/// params object of a notification.
///
/// @param summary one line, or a line and a list
/// @param details what exactly is wrong; null when the summary says it
/// @param path the file; null when it is about none, or about several
public record ConfigWarning(
    String summary, @Nullable String details, @Nullable Path path, @Nullable TextRange range) {

  /// A part of a file.
  public record TextRange(TextPosition start, TextPosition end) {}

  /// Counted from 1.
  public record TextPosition(int line, int column) {}

  /// A file that cannot be used.
  ///
  /// @param summary says what is used instead
  static ConfigWarning broken(String summary, ConfigException problem) {
    Integer line = problem.line();
    Integer column = problem.column();
    TextPosition place = line == null ? null : new TextPosition(line, column == null ? 1 : column);
    return new ConfigWarning(
        summary,
        problem.getMessage(),
        problem.file(),
        place == null ? null : new TextRange(place, place));
  }
}
