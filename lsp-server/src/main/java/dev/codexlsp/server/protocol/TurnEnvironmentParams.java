package dev.codexlsp.server.protocol;

import dev.codexlsp.core.config.EnvironmentsConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place that a client chooses for the commands of a thread or a turn. Clients pass a list: the
/// first is where commands run, an empty one means nowhere.
///
/// @param environmentId see [EnvironmentsConfig]
/// @param cwd the folder there
/// @param runtimeWorkspaceRoots not used yet
public record TurnEnvironmentParams(
    String environmentId, Path cwd, @Nullable List<Path> runtimeWorkspaceRoots) {

  /// The id of the place that a list chooses; null for one that is absent.
  static @Nullable String chosen(@Nullable List<TurnEnvironmentParams> environments) {
    if (environments == null) {
      return null;
    }
    return environments.isEmpty()
        ? EnvironmentsConfig.NONE
        : environments.getFirst().environmentId();
  }

  /// The folder that a list chooses.
  ///
  /// @param otherwise when it chooses none
  static @Nullable Path folder(
      @Nullable List<TurnEnvironmentParams> environments, @Nullable Path otherwise) {
    return environments == null || environments.isEmpty()
        ? otherwise
        : environments.getFirst().cwd();
  }
}
