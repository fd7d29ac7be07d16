package dev.codexlsp.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps credentials that stand in the configuration away from whoever only wants to look at it.
final class Secrets {
  private static final Set<String> KEYS = Set.of("experimental_bearer_token", "bearer_token");
  private static final String HIDDEN = "<hidden>";

  private Secrets() {}

  /// A copy that may be changed.
  static Map<String, Object> hidden(Map<?, ?> plain) {
    Map<String, Object> copy = new LinkedHashMap<>();
    plain.forEach((key, value) ->
        copy.put(String.valueOf(key), KEYS.contains(String.valueOf(key)) ? HIDDEN : within(value)));
    return copy;
  }

  private static Object within(Object value) {
    return switch (value) {
      case Map<?, ?> map -> hidden(map);
      case List<?> list -> list.stream().map(Secrets::within).toList();
      default -> value;
    };
  }
}
