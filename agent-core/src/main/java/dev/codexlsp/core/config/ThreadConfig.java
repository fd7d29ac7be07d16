package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.KeyPath;
import dev.codexlsp.core.toml.Place;
import dev.codexlsp.core.toml.TomlSyntaxException;
import dev.codexlsp.core.toml.TomlValue;
import java.util.List;
import java.util.Map;

/// The configuration of one thread alone, as its client wants it. It is a layer above all others,
/// and stays one as long as the thread lives.
public final class ThreadConfig {
  static final ConfigSource SOURCE = new ConfigSource.ThreadWish();

  /// That of most threads.
  public static final TomlValue.Table NONE = TomlValue.Table.empty(SOURCE);

  /// What is one for all threads, or decides which files are read.
  private static final List<String> OF_ALL_THREADS =
      List.of("profile", "profiles", "projects", "cli_auth_credentials_store");

  private ThreadConfig() {}

  /// Names may be dotted, later ones go before earlier ones, and what is null is not set.
  ///
  /// @param settings plain objects
  /// @throws ConfigException for a name that cannot be, or one that no thread can have for itself
  public static TomlValue.Table of(Map<String, ?> settings) throws ConfigException {
    TomlValue.Table table = NONE;
    for (Map.Entry<String, ?> setting : settings.entrySet()) {
      if (setting.getValue() != null) {
        TomlValue value = TomlValue.of(setting.getValue(), Place.in(SOURCE));
        table = TomlValue.Table.of(path(setting.getKey()), value).over(table);
      }
    }
    for (String key : OF_ALL_THREADS) {
      if (table.entries().containsKey(key)) {
        throw refusal(key, key + " cannot be set for one thread");
      }
    }
    return table;
  }

  private static List<String> path(String name) throws ConfigException {
    try {
      return KeyPath.parse(name);
    } catch (TomlSyntaxException wrong) {
      throw refusal(name, ConfigTable.quoted(name) + " is no key");
    }
  }

  private static ConfigException refusal(String key, String problem) {
    return new ConfigException(Place.in(SOURCE), key, problem);
  }
}
