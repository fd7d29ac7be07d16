package dev.codexlsp.core.config;

import java.nio.file.Path;

/// What one file says that stands alone.
final class ConfigText {
  static final Path HOME = Path.of("/home/me");

  private ConfigText() {}

  static Config read(Path file, String text) throws ConfigException {
    return new ConfigReader(file, HOME).read(ConfigTable.parse(file, text), Trust.UNKNOWN);
  }
}
