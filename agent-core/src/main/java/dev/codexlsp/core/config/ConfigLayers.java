package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.TomlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that is said, the strongest first, and what comes of it.
///
/// @param merged of the layers that count; every value knows where it stands
public record ConfigLayers(List<ConfigLayer> layers, TomlValue.Table merged) {
  public ConfigLayers {
    layers = List.copyOf(layers);
  }

  static ConfigLayers of(List<ConfigLayer> layers) {
    TomlValue.Table merged = TomlValue.Table.empty(new ConfigSource.SessionFlags());
    for (ConfigLayer layer : layers) {
      if (layer.disabledReason() == null) {
        merged = merged.over(layer.table());
      }
    }
    return new ConfigLayers(layers, merged);
  }

  /// Which layer each value is from, by the dotted path; the items of an array are numbered.
  public Map<String, ConfigLayer> origins() {
    Map<String, ConfigLayer> origins = new LinkedHashMap<>();
    Map<ConfigSource, ConfigLayer> bySource = new LinkedHashMap<>();
    layers.forEach(layer -> bySource.put(layer.source(), layer));
    collect("", merged, bySource, origins);
    return origins;
  }

  private static void collect(
      String path,
      TomlValue value,
      Map<ConfigSource, ConfigLayer> bySource,
      Map<String, ConfigLayer> origins) {
    String prefix = path.isEmpty() ? "" : path + ".";
    switch (value) {
      case TomlValue.Table table ->
          table.entries().forEach((key, item) -> collect(prefix + key, item, bySource, origins));
      case TomlValue.Array array -> {
        for (int i = 0; i < array.items().size(); i++) {
          collect(prefix + i, array.items().get(i), bySource, origins);
        }
      }
      case TomlValue.Scalar scalar -> {
        if (scalar.place().origin() instanceof ConfigSource source
            && bySource.get(source) != null) {
          origins.put(path, bySource.get(source));
        }
      }
    }
  }

  /// What holds, as plain objects: every key that a configuration may have on its first level is
  /// there, null when it is not set and has no default.
  public Map<String, Object> effective() {
    Map<String, Object> effective = Secrets.hidden(merged.plain());
    ConfigKeys.addDefaults(effective);
    return effective;
  }
}
