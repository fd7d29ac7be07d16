package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.KeyPath;
import dev.codexlsp.core.toml.Place;
import dev.codexlsp.core.toml.TomlSyntaxException;
import dev.codexlsp.core.toml.TomlValue;
import java.util.Map;

/// The editor's settings as a layer. Editors write `"codex.sandbox_mode"` as well as nested
/// objects; keys that we do not know are most likely the editor's own business and left out.
final class ClientSettings {
  private ClientSettings() {}

  static TomlValue.Table table(Map<String, Object> settings, ConfigSource source) {
    Place place = Place.in(source);
    TomlValue.Table table = TomlValue.Table.empty(source);
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      try {
        TomlValue value = TomlValue.of(setting.getValue(), place);
        table = TomlValue.Table.of(KeyPath.parse(setting.getKey()), value).over(table);
      } catch (TomlSyntaxException _) {
        // No key of ours.
      }
    }
    return ConfigKeys.known(table);
  }
}
