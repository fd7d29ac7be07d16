package dev.codexlsp.core.toml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change that somebody wants.
///
/// @param path of the key, with at least one key
/// @param value as plain objects; null takes the key away
/// @param replaces whether a table becomes exactly this one; else its keys are added to those that
///   are there
public record TomlEdit(List<String> path, @Nullable Object value, boolean replaces) {
  public TomlEdit {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("no key");
    }
  }

  /// Why a text cannot be changed.
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
