package dev.codexlsp.core.toml;

import org.jspecify.annotations.Nullable;

/// The place of a value.
///
/// @param line counted from 1; null for what stands in no text
/// @param column counted from 1; null where there is no line
public record Place(Origin origin, @Nullable Integer line, @Nullable Integer column) {
  /// A place that has no lines.
  public static Place in(Origin origin) {
    return new Place(origin, null, null);
  }
}
