package dev.codexlsp.exec.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// As much of a configuration file of git as decides where hooks are run from.
///
/// @param hookFolders the values of `core.hooksPath`, as written
/// @param includes the files that it includes, under whatever condition, as written
public record GitConfig(List<String> hookFolders, List<String> includes) {
  public GitConfig {
    hookFolders = List.copyOf(hookFolders);
    includes = List.copyOf(includes);
  }

  /// Reads what can be read; git itself would refuse a file with mistakes.
  public static GitConfig parse(String text) {
    List<String> hookFolders = new ArrayList<>();
    List<String> includes = new ArrayList<>();
    String section = "";
    for (String line : text.replace("\\\n", "").split("\r?\n", -1)) {
      String rest = line.strip();
      if (rest.startsWith("[")) {
        int end = rest.lastIndexOf(']');
        section = section(rest.substring(1, end < 0 ? rest.length() : end));
        rest = end < 0 ? "" : rest.substring(end + 1).strip();
      }
      int equals = rest.indexOf('=');
      if (equals > 0 && !rest.startsWith("#") && !rest.startsWith(";")) {
        String key = section + "." + rest.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        switch (key) {
          case "core.hookspath" -> hookFolders.add(value(rest.substring(equals + 1)));
          case "include.path", "includeif.path" -> includes.add(value(rest.substring(equals + 1)));
          default -> {}
        }
      }
    }
    return new GitConfig(hookFolders, includes);
  }

  /// Without the quoted part.
  private static String section(String header) {
    return header.split("[\\s\"]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static String value(String raw) {
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < raw.length(); at++) {
      char character = raw.charAt(at);
      if (character == '"') {
        quoted = !quoted;
      } else if (character == '\\' && at + 1 < raw.length()) {
        value.append(raw.charAt(++at));
      } else if (!quoted && (character == '#' || character == ';')) {
        break;
      } else {
        value.append(character);
      }
    }
    return value.toString().strip();
  }
}
