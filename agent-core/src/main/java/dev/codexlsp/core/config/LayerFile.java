package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.TomlValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file that is a layer, as it was when somebody last looked. Belongs to [ConfigLoader], under
/// its lock.
///
/// When the file cannot be used any more, what it said before goes on counting.
final class LayerFile {
  private final ConfigFile file;
  private final ConfigSource source;
  private ConfigFile.@Nullable Stamp stamp;
  private TomlValue.Table table;
  private TomlValue.@Nullable Table good;
  private @Nullable ConfigException broken;
  private int version;

  LayerFile(ConfigFile file, ConfigSource source) {
    this.file = file;
    this.source = source;
    this.table = TomlValue.Table.empty(source);
  }

  ConfigSource source() {
    return source;
  }

  /// Another number for another content.
  int version() {
    return version;
  }

  boolean exists() {
    return stamp != null || broken != null;
  }

  /// Looks whether the file has changed.
  void refresh() {
    try {
      // Taken before the file is read: a change in between only costs one more parse.
      ConfigFile.Stamp now = file.stamp();
      if (now == null ? stamp == null && broken == null : stamp != null && now.isSameAs(stamp)) {
        return;
      }
      TomlValue.Table read =
          now == null ? TomlValue.Table.empty(source) : ConfigTable.parsed(file.text(), source);
      stamp = now;
      table = read;
      broken = null;
      version++;
    } catch (ConfigException problem) {
      if (broken == null || !Objects.equals(broken.getMessage(), problem.getMessage())) {
        version++;
      }
      // Read again next time: nobody knows what it was that could not be read.
      stamp = null;
      broken = problem;
    }
  }

  /// What the file says.
  ///
  /// @throws ConfigException when it cannot be used, and never could
  TomlValue.Table table() throws ConfigException {
    if (broken == null) {
      return table;
    }
    if (good == null) {
      throw broken;
    }
    return good;
  }

  /// Why the file is not what counts; null when it is.
  @Nullable ConfigException broken() {
    return broken;
  }

  boolean hasPrevious() {
    return good != null;
  }

  /// The whole configuration could be read with it.
  void accept() {
    if (broken == null) {
      good = table;
    }
  }

  /// It could not. True when there is something else to try.
  boolean reject(ConfigException problem) {
    if (broken != null) {
      return false;
    }
    broken = problem;
    version++;
    return good != null;
  }
}
