package dev.codexlsp.core;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.ModelCatalogs;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.CodexException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models that a picker offers. Any thread may call it; it reads files.
public final class ModelList {
  private final ConfigLoader configs;
  private final ModelCatalogs catalogs;

  ModelList(ConfigLoader configs, ModelCatalogs catalogs) {
    this.configs = configs;
    this.catalogs = catalogs;
  }

  /// What can be chosen.
  ///
  /// @param standard the name of the one that is suggested: the configured one if it is among them,
  ///   else the first; null when there are none
  public record Choice(List<ModelInfo> models, @Nullable String standard) {
    public Choice {
      models = List.copyOf(models);
    }
  }

  /// What can be chosen.
  ///
  /// @param provider the id of the provider that shall run it; null for the configured one
  public Choice choice(@Nullable String provider, boolean withHidden) {
    try {
      Config config = configs.load();
      if (provider != null && !config.providers().containsKey(provider)) {
        throw new CodexException("unknown model provider: " + provider);
      }
      List<ModelInfo> models =
          catalogs.load(config).models().stream()
              .filter(model -> withHidden || !model.isHidden())
              .toList();
      boolean isListed = models.stream().anyMatch(model -> model.slug().equals(config.model()));
      String first = models.isEmpty() ? null : models.getFirst().slug();
      return new Choice(models, isListed ? config.model() : first);
    } catch (ConfigException broken) {
      throw new CodexException(String.valueOf(broken.getMessage()));
    }
  }
}
