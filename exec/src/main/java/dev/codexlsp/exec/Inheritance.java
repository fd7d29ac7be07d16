package dev.codexlsp.exec;

import java.util.List;
import java.util.Map;

/// What a command in another place gets of the environment there, which nobody here knows. The
/// steps are taken in the order of the components; in names `*` stands for anything.
///
/// @param keepSecretLike whether it gets the variables whose names look like a credential's: those
///   with `KEY`, `SECRET` or `TOKEN` in them
/// @param exclude the names of others that it does not get
/// @param set what is added or replaced
/// @param includeOnly the only names that are kept; empty for all
public record Inheritance(
    From from,
    boolean keepSecretLike,
    List<String> exclude,
    Map<String, String> set,
    List<String> includeOnly) {

  /// What it begins with.
  public enum From {
    ALL,
    /// What programs expect everywhere.
    CORE,
    NONE
  }

  public Inheritance {
    exclude = List.copyOf(exclude);
    set = Map.copyOf(set);
    includeOnly = List.copyOf(includeOnly);
  }
}
