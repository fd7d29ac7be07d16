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
      default -> false;
    };
  }
}
