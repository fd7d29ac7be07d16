package dev.codexlsp.core.tool;

import java.util.List;

/// Names of variables as users write them down: `*` is anything, `?` any one character, and case
/// does not matter. Pure.
final class NamePattern {
  private NamePattern() {}

  static boolean anyMatches(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  /// Goes back to the last star only, so that no pattern takes long.
  static boolean matches(String pattern, String name) {
    int at = 0;
    int star = -1;
    int retry = 0;
    int i = 0;
    while (i < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        retry = i;
      } else if (at < pattern.length() && same(pattern.charAt(at), name.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++retry;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static boolean same(char pattern, char name) {
    return pattern == '?' || Character.toUpperCase(pattern) == Character.toUpperCase(name);
  }
}
