package dev.codexlsp.core.command;

import java.util.Set;

/// Characters that make a command look like another one: what is invisible, turns the direction of
/// text around, or looks like the space that separates words.
final class Deceptive {
  /// Letters and marks by their category, blanks by their looks.
  private static final Set<Integer> BLANK_LETTERS =
      Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0xFFFD);

  private Deceptive() {}

  /// Tabs and line ends are seen; a carriage return is not.
  static boolean isIn(String text) {
    return text.codePoints().anyMatch(Deceptive::isDeceptive);
  }

  private static boolean isDeceptive(int point) {
    if (point == ' ' || point == '\t' || point == '\n') {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          true;
      default -> BLANK_LETTERS.contains(point) || isVariationSelector(point);
    };
  }

  private static boolean isVariationSelector(int point) {
    return (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0x180B && point <= 0x180F)
        || (point >= 0xE0100 && point <= 0xE01EF);
  }
}
