package dev.codexlsp.core.toml;

/// What stands for something else in a basic string.
final class TomlEscapes {
  private TomlEscapes() {}

  /// @param inside what stands between the quotation marks
  static String read(String inside) throws TomlSyntaxException {
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (c != '\\' || i + 1 == inside.length()) {
        read.append(c);
        continue;
      }
      char kind = inside.charAt(++i);
      switch (kind) {
        case 'b' -> read.append('\b');
        case 't' -> read.append('\t');
        case 'n' -> read.append('\n');
        case 'f' -> read.append('\f');
        case 'r' -> read.append('\r');
        case 'u' -> {
          read.appendCodePoint(code(inside, i + 1, 4));
          i += 4;
        }
        case 'U' -> {
          read.appendCodePoint(code(inside, i + 1, 8));
          i += 8;
        }
        default -> read.append(kind);
      }
    }
    return read.toString();
  }

  private static int code(String text, int start, int length) throws TomlSyntaxException {
    try {
      int code = Integer.parseInt(text.substring(start, start + length), 16);
      if (Character.isValidCodePoint(code)) {
        return code;
      }
    } catch (IndexOutOfBoundsException | NumberFormatException _) {
      // Told below.
    }
    throw new TomlSyntaxException(1, 1, "no character: " + text);
  }
}
