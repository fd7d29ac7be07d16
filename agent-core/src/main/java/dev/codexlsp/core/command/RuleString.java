package dev.codexlsp.core.command;

/// A string of a rule file: in one or three quotes of either kind, raw or with escapes.
///
/// @param end the place after its last quote
/// @param endLine the line of that place
record RuleString(String value, int end, int endLine) {

  /// @param start where its first quote is
  static RuleString read(String text, int start, int line, boolean isRaw)
      throws RuleSyntaxException {
    String quote = text.substring(start, start + 1);
    boolean isLong = text.startsWith(quote.repeat(3), start);
    String end = isLong ? quote.repeat(3) : quote;
    StringBuilder value = new StringBuilder();
    int position = start + end.length();
    int here = line;
    while (!text.startsWith(end, position)) {
      if (position >= text.length() || (text.charAt(position) == '\n' && !isLong)) {
        throw new RuleSyntaxException(line, "unfinished string");
      }
      char c = text.charAt(position);
      if (c == '\n') {
        here++;
      }
      if (c != '\\') {
        value.append(c);
        position++;
        continue;
      }
      if (position + 1 >= text.length()) {
        throw new RuleSyntaxException(line, "unfinished string");
      }
      if (text.charAt(position + 1) == '\n') {
        here++;
      }
      if (isRaw) {
        value.append(text, position, position + 2);
        position += 2;
      } else {
        position = escape(text, position + 1, here, value);
      }
    }
    return new RuleString(value.toString(), position + end.length(), here);
  }

  private static int escape(String text, int position, int line, StringBuilder value)
      throws RuleSyntaxException {
    char c = text.charAt(position);
    switch (c) {
      case '\n' -> {
        // Joins two lines.
      }
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case '\\', '\'', '"' -> value.append(c);
      case 'x' -> {
        return coded(text, position + 1, 2, line, value);
      }
      case 'u' -> {
        return coded(text, position + 1, 4, line, value);
      }
      case 'U' -> {
        return coded(text, position + 1, 8, line, value);
      }
      default -> throw new RuleSyntaxException(line, "unknown escape '\\" + c + "'");
    }
    return position + 1;
  }

  private static int coded(String text, int start, int digits, int line, StringBuilder value)
      throws RuleSyntaxException {
    int end = Math.min(start + digits, text.length());
    try {
      value.appendCodePoint(Integer.parseUnsignedInt(text.substring(start, end), 16));
    } catch (IllegalArgumentException bad) {
      throw new RuleSyntaxException(line, "bad escape '\\" + text.substring(start - 1, end) + "'");
    }
    return end;
  }
}
