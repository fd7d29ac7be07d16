package dev.codexlsp.exec.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// An absolute path with wild cards: `*`, `?` and `[a-z]` within a name, `{a,b}`, and `**` as a
/// name of its own for any number of folders, none included. A backslash takes the meaning from
/// what follows.
public final class GlobPattern {
  private static final String SPECIAL = "*?[{\\";

  private final String text;
  private final Pattern regex;

  /// @throws IllegalArgumentException when it is none
  public GlobPattern(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute pattern: " + text);
    }
    this.text = text;
    try {
      regex = Pattern.compile(new Translation(text).regex(), Pattern.DOTALL);
    } catch (PatternSyntaxException bad) {
      throw new IllegalArgumentException("not a pattern: " + text, bad);
    }
  }

  /// A path as a pattern for nothing but itself.
  static String quoted(Path path) {
    StringBuilder quoted = new StringBuilder();
    for (char character : path.toString().toCharArray()) {
      if (SPECIAL.indexOf(character) >= 0 || character == ']' || character == '}') {
        quoted.append('\\');
      }
      quoted.append(character);
    }
    return quoted.length() == 1 ? "" : quoted.toString();
  }

  public boolean matches(Path path) {
    return regex.matcher(path.toString()).matches();
  }

  /// Whether the path or a folder that it lies in matches.
  boolean matchesOrHolds(Path path) {
    for (@Nullable Path at = path; at != null; at = at.getParent()) {
      if (matches(at)) {
        return true;
      }
    }
    return false;
  }

  /// The folder below which everything lies that can match.
  public Path base() {
    List<String> names = new ArrayList<>();
    for (String name : text.substring(1).split("/", -1)) {
      if (name.chars().anyMatch(character -> SPECIAL.indexOf(character) >= 0)) {
        return Path.of("/", names.toArray(new String[0]));
      }
      names.add(name);
    }
    return Path.of("/", names.toArray(new String[0]));
  }

  @Override
  public String toString() {
    return text;
  }

  /// Makes a regular expression of a pattern, once.
  private static final class Translation {
    private final String text;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private int braces;

    Translation(String text) {
      this.text = text;
    }

    String regex() {
      while (at < text.length()) {
        if (text.startsWith("/**/", at)) {
          regex.append("/(?:.*/)?");
          at += 4;
        } else if (text.startsWith("/**", at) && at + 3 == text.length()) {
          regex.append("/.*");
          at += 3;
        } else {
          one(text.charAt(at));
        }
      }
      return regex.toString();
    }

    private void one(char character) {
      at++;
      switch (character) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '[' -> range();
        case '{' -> {
          braces++;
          regex.append("(?:");
        }
        case '}' -> regex.append(braces-- > 0 ? ")" : "\\}");
        case ',' -> regex.append(braces > 0 ? "|" : ",");
        case '\\' -> regex.append(at < text.length() ? literal(text.charAt(at++)) : "\\\\");
        default -> regex.append(literal(character));
      }
    }

    private void range() {
      int end = text.indexOf(']', at + 1);
      if (end < 0) {
        regex.append("\\[");
        return;
      }
      boolean not = text.charAt(at) == '!' || text.charAt(at) == '^';
      String members = text.substring(not ? at + 1 : at, end);
      regex.append(not ? "[^/" : "[");
      regex.append(members.replaceAll("[\\[\\]\\\\&^/]", "\\\\$0"));
      regex.append(not ? "]" : "&&[^/]]");
      at = end + 1;
    }

    private static String literal(char character) {
      return Pattern.quote(String.valueOf(character));
    }
  }
}
