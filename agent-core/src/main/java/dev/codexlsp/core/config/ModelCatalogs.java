package dev.codexlsp.core.config;

import dev.codexlsp.core.model.ModelCatalog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads the user's descriptions of models (`model_catalog_json`), again whenever the file has
/// changed.
///
/// May be used by any thread: what is remembered is one immutable value, and threads that race only
/// parse twice.
public final class ModelCatalogs {
  private volatile @Nullable Loaded loaded;

  private record Loaded(Path file, ConfigFile.Stamp stamp, ModelCatalog catalog) {}

  /// All models that are described now.
  ///
  /// @throws ConfigException when the file is missing or no catalogue
  public ModelCatalog load(Config config) throws ConfigException {
    Path path = config.storage().modelCatalog();
    if (path == null) {
      return ModelCatalog.bundled();
    }
    ConfigFile file = new ConfigFile(path);
    ConfigFile.Stamp stamp = file.stamp();
    if (stamp == null) {
      throw new ConfigException(path, null, "model_catalog_json", "there is no such file");
    }
    Loaded known = loaded;
    if (known != null && known.file.equals(path) && known.stamp.isSameAs(stamp)) {
      return known.catalog;
    }
    try {
      ModelCatalog catalog = ModelCatalog.bundled().extended(file.text());
      loaded = new Loaded(path, stamp, catalog);
      return catalog;
    } catch (IllegalArgumentException broken) {
      throw new ConfigException(
          path, null, "model_catalog_json", String.valueOf(broken.getMessage()));
    }
  }
}
