package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.TomlValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one source says.
///
/// @param disabledReason why it does not count, for the user; null when it does
public record ConfigLayer(
    ConfigSource source, TomlValue.Table table, @Nullable String disabledReason) {

  static ConfigLayer of(ConfigSource source, TomlValue.Table table) {
    return new ConfigLayer(source, table, null);
  }

  /// Tells one content from another, as in the original.
  public String version() {
    return LayerVersion.of(table);
  }

  /// What it says, as plain objects for a client: without keys of providers.
  public Map<String, Object> shown() {
    return Secrets.hidden(table.plain());
  }
}
