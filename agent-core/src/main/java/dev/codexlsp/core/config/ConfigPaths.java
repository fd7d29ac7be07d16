package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.Place;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Paths as the user writes them into a file: from the home folder, or below the folder of the
/// file, as in the original.
final class ConfigPaths {
  private ConfigPaths() {}

  /// The same for a text that may stand in no file; it then begins where this process runs.
  ///
  /// @throws InvalidPathException when the text is no path
  static Path resolve(String text, Place place, Path userHome) {
    Path file = place.origin() instanceof ConfigSource source ? source.path() : null;
    return resolve(text, file == null ? Path.of("here").toAbsolutePath() : file, userHome);
  }

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
