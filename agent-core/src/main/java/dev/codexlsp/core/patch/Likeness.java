package dev.codexlsp.core.patch;

/// How alike two lines must be to count as the same, the strictest first.
enum Likeness {
  EXACT,
  /// Blanks at the end do not count.
  TRIMMED_END,
  /// Nor do blanks at the start: models lose indentation.
  TRIMMED,
  /// Nor does typography: models write ASCII where a text has dashes, quotes and spaces of print.
  PLAIN;

  /// The form that two such lines have in common.
  String form(String line) {
    return switch (this) {
      case EXACT -> line;
      case TRIMMED_END -> WhiteSpace.trimEnd(line);
      case TRIMMED -> WhiteSpace.trim(line);
      case PLAIN -> plain(WhiteSpace.trim(line));
    };
  }

  private static String plain(String line) {
    int i = 0;
    while (i < line.length() && plain(line.charAt(i)) == line.charAt(i)) {
      i++;
    }
    if (i == line.length()) {
      return line;
    }
    StringBuilder plain = new StringBuilder(line);
    for (; i < plain.length(); i++) {
      plain.setCharAt(i, plain(plain.charAt(i)));
    }
    return plain.toString();
  }

  private static char plain(char c) {
    if (c < '\u00a0') {
      return c;
    }
    return switch (c) {
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212' -> '-';
      case '\u2018', '\u2019', '\u201a', '\u201b' -> '\'';
      case '\u201c', '\u201d', '\u201e', '\u201f' -> '"';
      case '\u00a0', '\u202f', '\u205f', '\u3000' -> ' ';
      default -> c >= '\u2002' && c <= '\u200a' ? ' ' : c;
    };
  }
}
