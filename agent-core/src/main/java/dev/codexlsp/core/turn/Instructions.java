package dev.codexlsp.core.turn;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ModelCatalogs;
import dev.codexlsp.core.config.PromptFile;
import dev.codexlsp.core.context.BaseInstructions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the model of a thread is told first. It is settled when the thread begins: it leads every
/// request, and a cache lives on requests that begin alike.
///
/// @param base who it is and how it works; null for what the configuration or the model says
/// @param developer what the user, or the client, wants of it besides
public record Instructions(@Nullable String base, @Nullable String developer) {

  /// These, where they say something, else the earlier ones.
  Instructions over(@Nullable Instructions earlier) {
    return earlier == null
        ? this
        : new Instructions(
            base == null ? earlier.base : base, developer == null ? earlier.developer : developer);
  }

  /// The wishes over the configuration over the model.
  ///
  /// @param ofModel null for ours
  static Instructions of(@Nullable Instructions wishes, Config config, @Nullable String ofModel)
      throws ConfigException {
    String base = wishes == null ? null : wishes.base;
    Path file = config.prompt().instructionsFile();
    if (base == null && file != null) {
      base = PromptFile.read(file);
    }
    if (base == null) {
      base = config.prompt().instructions();
    }
    return new Instructions(
            base,
            wishes == null || wishes.developer == null
                ? config.prompt().developerInstructions()
                : wishes.developer)
        .over(new Instructions(of(config.answers().personality(), ofModel), null));
  }

  private static String of(Config.@Nullable Personality personality, @Nullable String ofModel) {
    if (ofModel == null) {
      return BaseInstructions.TEXT;
    }
    return personality == Config.Personality.NONE
        ? BaseInstructions.withoutPersonality(ofModel)
        : ofModel;
  }

  /// What a thread begins with.
  ///
  /// @param wishes with the configuration pinned to them
  public static Instructions settled(ThreadOverrides wishes, Config config, ModelCatalogs catalogs)
      throws ConfigException {
    String model = wishes.model();
    return of(
        wishes.instructions(),
        config,
        model == null ? null : catalogs.load(config).find(model).instructions());
  }

  /// What every request begins with.
  public String text() {
    return Objects.requireNonNullElse(base, BaseInstructions.TEXT);
  }
}
