package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where configuration comes from.
///
/// @param userHome what `~` in a path stands for
/// @param systemFile of whoever looks after the machine; it need not exist
/// @param flags what the command line says
/// @param profile the one that the command line names; null leaves it to the files
/// @param client the editor's settings as they are now, as plain objects; another object for other
///   settings
public record ConfigPlaces(
    Path codexHome,
    Path userHome,
    Path systemFile,
    TomlValue.Table flags,
    @Nullable String profile,
    Supplier<Map<String, Object>> client) {
  /// Where it is on every machine.
  public static final Path SYSTEM_FILE = Path.of("/etc/codex/config.toml");

  /// The files of one home, and nothing else.
  static ConfigPlaces home(Path codexHome, Path userHome) {
    return new ConfigPlaces(
        codexHome,
        userHome,
        codexHome.resolve("no-system-file"),
        TomlValue.Table.empty(new ConfigSource.SessionFlags()),
        null,
        Map::of);
  }

  Path userFile() {
    return codexHome.resolve(ConfigLoader.FILE_NAME);
  }
}
