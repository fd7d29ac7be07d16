package dev.codexlsp.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads `config.toml`, again whenever it has changed: whoever needs the configuration asks here,
/// and keeps no copy longer than one thread start or one turn.
///
/// A file that did not change is not parsed again, because a parse costs some milliseconds as long
/// as the parser is not compiled, and a `stat` some microseconds. Two versions of equal length,
/// written within one tick of the file system's clock, look the same. An error is not remembered.
///
/// May be used by any thread: what is remembered is one immutable value, and threads that race only
/// parse twice.
public final class ConfigLoader {
  private final ConfigFile file;
  private final Path userHome;
  private volatile @Nullable Loaded loaded;

  private record Loaded(ConfigFile.Stamp stamp, Config config) {}

  /// @param userHome what `~` in a path of the file stands for
  public ConfigLoader(Path codexHome, Path userHome) {
    this.file = new ConfigFile(codexHome.resolve("config.toml"));
    this.userHome = userHome;
  }

  /// What holds when there is no file, for somebody who cannot read the one there is.
  public Config defaults() {
    return Config.defaults(file.path());
  }

  /// The configuration as it is now; the defaults when there is no file.
  public Config load() throws ConfigException {
    // Taken before the file is read: a change in between only costs one more parse.
    ConfigFile.Stamp stamp = file.stamp();
    if (stamp == null) {
      return Config.defaults(file.path());
    }
    Loaded known = loaded;
    if (known != null && known.stamp.isSameAs(stamp)) {
      return known.config;
    }
    Config config = new ConfigReader(file.path(), userHome).read(file.text());
    loaded = new Loaded(stamp, config);
    return config;
  }
}
