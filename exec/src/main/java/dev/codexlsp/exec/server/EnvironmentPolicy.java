package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ProcessStart.EnvPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the environment of a child from the server's and from what the client asks for. Pure.
final class EnvironmentPolicy {
  /// How a server that belongs to a parent is told so; it is not meant for children.
  static final String EXIT_ON_STDIN_CLOSE = "CODEX_EXEC_SERVER_EXIT_ON_STDIN_CLOSE";

  private static final Set<String> CORE =
      Set.of(
          "HOME",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "LOGNAME",
          "PATH",
          "SHELL",
          "TEMP",
          "TMP",
          "TMPDIR",
          "USER");

  private static final List<String> CREDENTIALS = List.of("*KEY*", "*SECRET*", "*TOKEN*");

  private EnvironmentPolicy() {}

  /// The whole environment of the child.
  ///
  /// @param server the environment of this process
  /// @param policy null for nothing but the overlay
  /// @param overlay comes last, and nothing filters it
  static Map<String, String> environment(
      Map<String, String> server, @Nullable EnvPolicy policy, Map<String, String> overlay) {
    Map<String, String> environment = policy == null ? new HashMap<>() : made(server, policy);
    environment.putAll(overlay);
    return environment;
  }

  private static Map<String, String> made(Map<String, String> server, EnvPolicy policy) {
    Map<String, String> made = new HashMap<>();
    switch (policy.inherit()) {
      case ALL -> made.putAll(server);
      case CORE -> CORE.forEach(name -> copy(server, name, made));
      case NONE -> {}
    }
    made.remove(EXIT_ON_STDIN_CLOSE);
    if (!policy.ignoreDefaultExcludes()) {
      made.keySet().removeIf(matching(CREDENTIALS).asMatchPredicate());
    }
    if (!policy.exclude().isEmpty()) {
      made.keySet().removeIf(matching(policy.exclude()).asMatchPredicate());
    }
    made.putAll(policy.set());
    if (!policy.includeOnly().isEmpty()) {
      made.keySet().removeIf(matching(policy.includeOnly()).asMatchPredicate().negate());
    }
    return made;
  }

  private static void copy(Map<String, String> from, String name, Map<String, String> to) {
    @Nullable String value = from.get(name);
    if (value != null) {
      to.put(name, value);
    }
  }

  /// What any of the patterns matches; `*` is anything, `?` any one character, and case does not
  /// matter.
  private static Pattern matching(List<String> patterns) {
    return Pattern.compile(
        patterns.stream().map(EnvironmentPolicy::expression).collect(Collectors.joining("|")),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  private static String expression(String pattern) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      switch (character) {
        case '*' -> expression.append(".*");
        case '?' -> expression.append('.');
        default -> expression.append(Pattern.quote(String.valueOf(character)));
      }
    }
    return expression.toString();
  }
}
