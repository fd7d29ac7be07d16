package dev.codexlsp.core.patch;

/// What counts as blank around a line: the characters that Unicode calls `White_Space`. The
/// definitions of the JDK differ: they leave out the no-break spaces, or take in controls.
final class WhiteSpace {
  private WhiteSpace() {}

  static String trim(String text) {
    int start = 0;
    int end = endOf(text);
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    return text.substring(start, end);
  }

  static String trimEnd(String text) {
    return text.substring(0, endOf(text));
  }

  private static int endOf(String text) {
    int end = text.length();
    while (end > 0 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c <= ' '
        ? c == ' ' || (c >= '\t' && c <= '\r')
        : c == '\u0085'
            || c == '\u00a0'
            || c == '\u1680'
            || (c >= '\u2000' && c <= '\u200a')
            || c == '\u2028'
            || c == '\u2029'
            || c == '\u202f'
            || c == '\u205f'
            || c == '\u3000';
  }
}
