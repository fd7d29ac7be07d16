package dev.codexlsp.core.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A path of keys as people write it: `a.b."c.d"`.
public final class KeyPath {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

  private KeyPath() {}

  /// The keys of a path. A key may hold anything between quotation marks, where a backslash takes
  /// the next character as it is.
  public static List<String> parse(String text) throws TomlSyntaxException {
    if (text.isBlank()) {
      throw wrong("keyPath must not be empty");
    }
    List<String> keys = new ArrayList<>();
    StringBuilder key = new StringBuilder();
    boolean isQuoted = false;
    boolean wasQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isQuoted && c == '\\' && i + 1 < text.length()) {
        key.append(text.charAt(++i));
      } else if (c == '"') {
        isQuoted = !isQuoted;
        wasQuoted = true;
      } else if (c == '.' && !isQuoted) {
        keys.add(finished(key, wasQuoted));
        key.setLength(0);
        wasQuoted = false;
      } else {
        key.append(c);
      }
    }
    if (isQuoted) {
      throw wrong("unterminated quoted keyPath segment");
    }
    keys.add(finished(key, wasQuoted));
    return List.copyOf(keys);
  }

  private static String finished(StringBuilder key, boolean wasQuoted) throws TomlSyntaxException {
    if (key.isEmpty() && !wasQuoted) {
      throw wrong("keyPath segments must not be empty");
    }
    return key.toString();
  }

  private static TomlSyntaxException wrong(String message) {
    return new TomlSyntaxException(1, 1, message);
  }

  /// The path as TOML.
  public static String render(List<String> keys) {
    return keys.stream().map(KeyPath::render).collect(Collectors.joining("."));
  }

  /// One key as TOML.
  public static String render(String key) {
    return BARE.matcher(key).matches() ? key : TomlWriter.string(key);
  }
}
