package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.Place;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A configuration that we cannot work with. The message is for the user: it begins with the file
/// and the line, where there are any, and says what would be right.
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Path file;
  private final @Nullable Integer line;
  private final transient @Nullable ConfigSource source;
  private final @Nullable Integer column;
  private final @Nullable String key;
  private final String problem;

  /// @param file null when the trouble is not in a file
  /// @param line counted from 1; null when it concerns no line, as with a missing key
  /// @param key dotted; null when the file is not TOML at all
  ConfigException(
      @Nullable Path file, @Nullable Integer line, @Nullable String key, String problem) {
    super(place(file, line) + problem);
    this.file = file;
    this.line = line;
    this.source = null;
    this.column = null;
    this.key = key;
    this.problem = problem;
  }

  /// @param key dotted; null when the text is not TOML at all
  ConfigException(Place place, @Nullable String key, String problem) {
    super(
        place.origin() instanceof ConfigSource source
            ? source.described() + place(source.path(), place.line()) + problem
            : problem);
    this.source = place.origin() instanceof ConfigSource known ? known : null;
    this.file = source == null ? null : source.path();
    this.line = place.line();
    this.column = place.column();
    this.key = key;
    this.problem = problem;
  }

  private static String place(@Nullable Path file, @Nullable Integer line) {
    if (file == null) {
      return "";
    }
    return line == null ? file + ": " : file + ":" + line + ": ";
  }

  public @Nullable Path file() {
    return file;
  }

  public @Nullable Integer line() {
    return line;
  }

  /// Null when nobody said it.
  @Nullable ConfigSource source() {
    return source;
  }

  @Nullable Integer column() {
    return column;
  }

  /// The message without the place.
  String problem() {
    return problem;
  }

  public @Nullable String key() {
    return key;
  }
}
