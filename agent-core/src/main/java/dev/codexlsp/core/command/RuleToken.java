package dev.codexlsp.core.command;

/// A piece of a rule file.
///
/// @param text the name, the sign, or the text that a literal stands for
/// @param line where it begins, counted from 1
record RuleToken(Kind kind, String text, int line) {
  enum Kind {
    NAME,
    TEXT,
    SIGN,
    LINE_END,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /// For a message.
  String shown() {
    return switch (kind) {
      case NAME, SIGN -> "'" + text + "'";
      case TEXT -> "a string";
      case LINE_END -> "the end of the line";
      case END -> "the end of the file";
    };
  }
}
