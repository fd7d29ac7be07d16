package dev.codexlsp.core.config;

import java.util.List;
import java.util.Map;

/// Which environment variables a command gets (`shell_environment_policy`). The steps are taken in
/// the order of the components; patterns know `*` and `?` and no case.
///
/// @param ignoresDefaultExcludes whether variables pass whose names only look like a credential's;
///   false unless the user says so, other than in the original
/// @param exclude patterns of names that are dropped
/// @param set what is added or replaced
/// @param includeOnly patterns of names that are kept; empty keeps all
public record EnvironmentPolicy(
    Inherit inherit,
    boolean ignoresDefaultExcludes,
    List<String> exclude,
    Map<String, String> set,
    List<String> includeOnly) {
  public static final EnvironmentPolicy DEFAULTS =
      new EnvironmentPolicy(Inherit.ALL, false, List.of(), Map.of(), List.of());

  /// What a command's environment begins with.
  public enum Inherit {
    /// Everything the server has.
    ALL,
    /// The few variables that programs expect everywhere.
    CORE,
    NONE
  }

  public EnvironmentPolicy {
    exclude = List.copyOf(exclude);
    set = Map.copyOf(set);
    includeOnly = List.copyOf(includeOnly);
  }
}
