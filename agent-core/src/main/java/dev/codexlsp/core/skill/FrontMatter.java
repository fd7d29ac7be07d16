package dev.codexlsp.core.skill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the head of a `SKILL.md` says, as far as it concerns us.
///
/// It is YAML by name; people write what looks like it. So this reads lines `key: value`, quoted or
/// not, folded or not, and takes everything else as text: a description is never lost because of a
/// colon in it. Pure.
///
/// @param name null when there is none
record FrontMatter(@Nullable String name, String description, @Nullable String shortDescription) {
  private static final String FENCE = "---";
  static final int MAX_NAME = 64;

  private static final Pattern ESCAPE = Pattern.compile("\\\\([ntr\"\\\\]|u[0-9a-fA-F]{4})");
  private static final int HEX = 16;

  /// @param text the whole file
  static FrontMatter of(String text) throws SkillException {
    Map<String, String> values = values(head(text));
    String description = oneLine(values.get("description"));
    if (description == null) {
      throw new SkillException("missing field `description`");
    }
    String name = oneLine(values.get("name"));
    if (name != null && name.length() > MAX_NAME) {
      throw new SkillException("invalid name: exceeds maximum length of 64 characters");
    }
    return new FrontMatter(name, description, oneLine(values.get("metadata.short-description")));
  }

  private static List<String> head(String text) throws SkillException {
    List<String> lines = text.lines().toList();
    if (!lines.isEmpty() && lines.getFirst().stripTrailing().equals(FENCE)) {
      for (int i = 1; i < lines.size(); i++) {
        if (lines.get(i).stripTrailing().equals(FENCE)) {
          return lines.subList(1, i);
        }
      }
    }
    throw new SkillException("missing YAML frontmatter delimited by ---");
  }

  /// The values by their keys; a key within another one is written behind it with a dot. The first
  /// of two equal keys counts.
  private static Map<String, String> values(List<String> lines) {
    Map<String, String> values = new HashMap<>();
    String parent = "";
    for (int i = 0; i < lines.size(); ) {
      String line = lines.get(i);
      int colon = line.indexOf(':');
      int end = i + 1;
      if (colon > 0 && !isComment(line)) {
        boolean isInner = isIndented(line);
        String key = (isInner ? parent + "." : "") + line.substring(0, colon).strip();
        List<String> value = new ArrayList<>(List.of(line.substring(colon + 1).strip()));
        if (!isInner && value.getFirst().isEmpty()) {
          parent = key;
        } else {
          while (end < lines.size() && isMore(lines.get(end), isInner)) {
            value.add(lines.get(end).strip());
            end++;
          }
          values.putIfAbsent(key, value(value));
        }
      }
      i = end;
    }
    return values;
  }

  private static boolean isComment(String line) {
    return line.stripLeading().startsWith("#");
  }

  private static boolean isIndented(String line) {
    return line.startsWith(" ") || line.startsWith("\t");
  }

  /// Whether a line goes on with the value before. Within a key of its own the next key does not.
  private static boolean isMore(String line, boolean isInner) {
    return line.isBlank() || (isIndented(line) && !(isInner && line.contains(":")));
  }

  private static String value(List<String> lines) {
    String first = lines.getFirst();
    if (first.startsWith(">") || first.startsWith("|")) {
      return String.join(" ", lines.subList(1, lines.size()));
    }
    String text = String.join(" ", lines).strip();
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      return unescaped(text.substring(1, text.length() - 1));
    }
    if (text.length() > 1 && text.startsWith("'") && text.endsWith("'")) {
      return text.substring(1, text.length() - 1).replace("''", "'");
    }
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment);
  }

  /// The escapes of a double-quoted text; one that is not known stays as it is.
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(escape -> Matcher.quoteReplacement(unescapedOne(escape.group(1))));
  }

  private static String unescapedOne(String escape) {
    return switch (escape) {
      case "n", "t", "r" -> " ";
      case "\"", "\\" -> escape;
      default -> Character.toString(Integer.parseInt(escape.substring(1), HEX));
    };
  }

  /// One line without anything that could disturb a list; null when nothing is left.
  private static @Nullable String oneLine(@Nullable String text) {
    if (text == null) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          boolean isSpace =
              Character.isWhitespace(c)
                  || Character.isISOControl(c)
                  || Character.getType(c) == Character.FORMAT;
          if (!isSpace) {
            line.appendCodePoint(c);
          } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
            line.append(' ');
          }
        });
    String stripped = line.toString().strip();
    return stripped.isEmpty() ? null : stripped;
  }
}
