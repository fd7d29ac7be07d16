package dev.codexlsp.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A configuration that we cannot work with. The message is for the user: it begins with the file
/// and the line, where there are any, and says what would be right.
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Path file;
  private final @Nullable Integer line;
  private final @Nullable String key;

  /// @param file null when the trouble is not in a file
  /// @param line counted from 1; null when it concerns no line, as with a missing key
  /// @param key dotted; null when the file is not TOML at all
  ConfigException(
      @Nullable Path file, @Nullable Integer line, @Nullable String key, String problem) {
    super(place(file, line) + problem);
    this.file = file;
    this.line = line;
    this.key = key;
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

  public @Nullable String key() {
    return key;
  }
}
