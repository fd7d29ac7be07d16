package dev.codexlsp.server.protocol;

import dev.codexlsp.core.config.ConfigLayer;
import dev.codexlsp.core.config.ConfigLayers;
import dev.codexlsp.core.config.ConfigSource;
import dev.codexlsp.core.thread.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration and where it comes from.
///
/// @param origins by the dotted path of each value
/// @param layers the strongest first; null when nobody asked for them
public record ConfigReadResponse(
    RawJson config, Map<String, Metadata> origins, @Nullable List<Layer> layers) {

  /// Who says something, and in which version.
  public record Metadata(ConfigSource name, String version) {}

  /// What one source says.
  public record Layer(
      ConfigSource name, String version, RawJson config, @Nullable String disabledReason) {
    static Layer of(ConfigLayer layer) {
      return new Layer(
          layer.source(), layer.version(), PlainJson.raw(layer.shown()), layer.disabledReason());
    }
  }

  public static ConfigReadResponse of(ConfigLayers layers, boolean includesLayers) {
    Map<ConfigLayer, Metadata> metadata = new LinkedHashMap<>();
    Map<String, Metadata> origins = new LinkedHashMap<>();
    layers
        .origins()
        .forEach((path, layer) ->
            origins.put(
                path, metadata.computeIfAbsent(layer, l -> new Metadata(l.source(), l.version()))));
    return new ConfigReadResponse(
        PlainJson.raw(layers.effective()),
        origins,
        includesLayers ? layers.layers().stream().map(Layer::of).toList() : null);
  }
}
