package dev.codexlsp.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Paths as the user writes them into a file: from the home folder, or below the folder of the
/// file, as in the original.
final class ConfigPaths {
  private ConfigPaths() {}

  /// @throws InvalidPathException when the text is no path
  static Path resolve(String text, Path file, Path userHome) {
    boolean fromHome = text.equals("~") || text.startsWith("~/");
    Path path =
        fromHome
            ? userHome.resolve(text.substring(Math.min(2, text.length())))
            : file.resolveSibling(text);
    return path.toAbsolutePath().normalize();
  }
}
