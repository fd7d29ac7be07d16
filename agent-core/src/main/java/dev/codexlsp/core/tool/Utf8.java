package dev.codexlsp.core.tool;

/// Where bytes may be cut without cutting a character. Bytes that are no UTF-8 are cut wherever
/// they are: never more than the three bytes that a character can hang over are given up. Pure.
public final class Utf8 {
  private static final int LONGEST_REST = 3;

  private Utf8() {}

  /// The end at or before the given one that is not within a character.
  public static int endOfCharacter(byte[] bytes, int end) {
    for (int back = 1; back <= LONGEST_REST && back <= end; back++) {
      if (!isContinuation(bytes[end - back])) {
        return length(bytes[end - back]) > back ? end - back : end;
      }
    }
    return end;
  }

  /// The start at or after the given one that is not within a character.
  public static int startOfCharacter(byte[] bytes, int start) {
    int next = start;
    while (next < bytes.length && next < start + LONGEST_REST && isContinuation(bytes[next])) {
      next++;
    }
    return next;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /// How many bytes a character has that begins so.
  private static int length(byte first) {
    int unsigned = first & 0xFF;
    return unsigned < 0xC0 ? 1 : unsigned < 0xE0 ? 2 : unsigned < 0xF0 ? 3 : 4;
  }
}
