package dev.codexlsp.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The environment as the user has it. The launcher script gives this JVM a locale in which every
/// file name has a text, and tells what it replaced; commands are to find what was there before.
final class UserVariables {
  private static final String REPLACED = "CODEX_LSP_";
  private static final List<String> LOCALE = List.of("LC_ALL", "LC_CTYPE");

  private UserVariables() {}

  /// @param environment of this process
  static Map<String, String> in(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    for (String name : LOCALE) {
      @Nullable String before = variables.remove(REPLACED + name);
      if (before != null && before.isEmpty()) {
        variables.remove(name);
      } else if (before != null) {
        variables.put(name, before);
      }
    }
    return Map.copyOf(variables);
  }
}
