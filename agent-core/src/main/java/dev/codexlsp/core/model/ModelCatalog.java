package dev.codexlsp.core.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The models that somebody has described: those we know, and those that the user adds. Immutable.
///
/// The form is the original's `models.json`, of which only the name of a model must be there. Facts
/// about models age quickly; a model that is missing here works all the same, see
/// [ModelInfo#unknown].
public final class ModelCatalog {
  private final Map<String, ModelInfo> models;

  private ModelCatalog(Map<String, ModelInfo> models) {
    this.models = models;
  }

  /// Read when the first model is looked up.
  private static final class Bundled {
    private static final ModelCatalog MODELS = read();

    private static ModelCatalog read() {
      try (InputStream in = ModelCatalog.class.getResourceAsStream("models.json")) {
        if (in == null) {
          throw new IllegalStateException("models.json is missing from the program");
        }
        return new ModelCatalog(Map.of())
            .extended(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException | IllegalArgumentException broken) {
        throw new IllegalStateException("models.json of the program is broken", broken);
      }
    }
  }

  /// What comes with the program.
  public static ModelCatalog bundled() {
    return Bundled.MODELS;
  }

  /// The entry of a model, or careful guesses for one that nobody has described.
  public ModelInfo find(String slug) {
    ModelInfo known = models.get(slug);
    return known == null ? ModelInfo.unknown(slug) : known;
  }

  /// In the order in which they are offered.
  public List<ModelInfo> models() {
    return List.copyOf(models.values());
  }

  /// This catalogue with what a file of the user describes: new models first, known ones replaced.
  ///
  /// @throws IllegalArgumentException when the text is not a catalogue; the message says where
  public ModelCatalog extended(String json) {
    Map<String, ModelInfo> all = new LinkedHashMap<>();
    List<ModelInfo> added = new ArrayList<>(ModelCatalogReader.read(json));
    added.forEach(model -> all.put(model.slug(), model));
    models.forEach(all::putIfAbsent);
    return new ModelCatalog(all);
  }
}
