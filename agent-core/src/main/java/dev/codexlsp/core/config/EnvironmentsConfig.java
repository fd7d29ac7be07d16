package dev.codexlsp.core.config;

import dev.codexlsp.exec.remote.RemotePlace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The places where commands can run.
///
/// @param defaultId where they run unless somebody says something else; null for nowhere
/// @param includesLocal whether this machine is one of them, under the id [#LOCAL]
/// @param remotes the others by their ids
public record EnvironmentsConfig(
    @Nullable String defaultId, boolean includesLocal, Map<String, RemotePlace> remotes) {
  /// This machine.
  public static final String LOCAL = "local";

  /// Nowhere.
  public static final String NONE = "none";

  static final EnvironmentsConfig LOCAL_ONLY = new EnvironmentsConfig(LOCAL, true, Map.of());

  public EnvironmentsConfig {
    remotes = Map.copyOf(remotes);
  }

  /// Whether there is a place of this id.
  public boolean knows(String id) {
    return id.equals(LOCAL) ? includesLocal : remotes.containsKey(id);
  }
}
