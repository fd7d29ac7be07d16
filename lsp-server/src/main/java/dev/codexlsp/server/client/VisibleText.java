package dev.codexlsp.server.client;

/// Text from a model, made safe to decide by: what a screen would hide, reorder or turn into
/// something to click becomes visible. Nothing is cut. Pure.
public final class VisibleText {
  private VisibleText() {}

  /// One line in which control, format and bidirectional characters and line breaks are written
  /// out, and backslashes doubled: what is written out differs from what was typed so.
  public static String oneLine(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\n' -> visible.append("\\n");
            case '\r' -> visible.append("\\r");
            case '\t' -> visible.append("\\t");
            case '\\' -> visible.append("\\\\");
            default -> {
              if (isHidden(c)) {
                visible.append(String.format("\\u{%x}", c));
              } else {
                visible.appendCodePoint(c);
              }
            }
          }
        });
    // Editors make a link of [text](target); the command must not hide behind its text.
    return visible.toString().replace("](", "]\\u{28}");
  }

  /// The text with every control and format character but the line feed and the tab spelled out.
  public static String onTerminal(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          boolean hidden = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
          if (hidden && c != '\n' && c != '\t') {
            shown.append("\\u{%x}".formatted(c));
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.toString();
  }

  /// The beginning of a text, for places where it only reminds of something; no character is cut in
  /// two.
  static String clip(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
    return text.substring(0, end) + "…";
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      case Character.SPACE_SEPARATOR -> c != ' ';
      default -> isBlank(c);
    };
  }

  /// Letters, marks and symbols that a screen shows as nothing or as a blank: enough of them push
  /// the rest of a command out of sight.
  private static boolean isBlank(int c) {
    return switch (c) {
      case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 -> true;
      default ->
          (c >= 0x180b && c <= 0x180f)
              || (c >= 0xfe00 && c <= 0xfe0f)
              || (c >= 0xe0000 && c <= 0xe0fff);
    };
  }
}
