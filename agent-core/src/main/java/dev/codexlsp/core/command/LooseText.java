package dev.codexlsp.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a text, and the quoting of shells from there on. What is never closed ends with the
/// text.
final class LooseText {
  private static final Pattern ANSI_ESCAPE =
      Pattern.compile("x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|[0-7]{1,3}");

  private final String text;
  private int position;

  LooseText(String text) {
    this.text = text;
  }

  /// Every `$( )` and every pair of backquotes in a text, wherever it stands.
  static List<String> substitutions(String text) {
    List<String> found = new ArrayList<>();
    LooseText here = new LooseText(text);
    while (!here.isAtEnd()) {
      if (here.startsWith("$(")) {
        here.position += 2;
        found.add(here.untilClosing());
      } else if (here.peek() == '`') {
        found.add(here.backquoted());
      } else {
        here.take();
      }
    }
    return found;
  }

  boolean isAtEnd() {
    return position >= text.length();
  }

  char peek() {
    return text.charAt(position);
  }

  char take() {
    return text.charAt(position++);
  }

  /// The next character, or a blank at the end.
  char takeIfAny() {
    return isAtEnd() ? ' ' : take();
  }

  boolean startsWith(String start) {
    return text.startsWith(start, position);
  }

  @Nullable String takeIf(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    position = matcher.end();
    return matcher.group();
  }

  void skipLine() {
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end;
  }

  /// A backslash at a line's end joins two lines.
  void escape(Consumer<String> append) {
    position++;
    if (!isAtEnd() && peek() == '\n') {
      position++;
    } else if (!isAtEnd()) {
      append.accept(String.valueOf(take()));
    }
  }

  void escapeInQuotes(Consumer<String> append) {
    if (position + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(position + 1)) >= 0) {
      escape(append);
    } else {
      append.accept(String.valueOf(take()));
    }
  }

  String singleQuoted() {
    position++;
    return upTo('\'');
  }

  private String upTo(char end) {
    int close = text.indexOf(end, position);
    int stop = close < 0 ? text.length() : close;
    String inside = text.substring(position, stop);
    position = Math.min(stop + 1, text.length());
    return inside;
  }

  String backquoted() {
    position++;
    StringBuilder inside = new StringBuilder();
    while (!isAtEnd() && peek() != '`') {
      if (peek() == '\\' && position + 1 < text.length()) {
        position++;
      }
      inside.append(take());
    }
    takeIfAny();
    return inside.toString();
  }

  String braced() {
    position++;
    return upTo('}');
  }

  /// The inside of a parenthesis that is already open.
  String untilClosing() {
    int start = position;
    int depth = 1;
    while (!isAtEnd()) {
      char c = take();
      if (c == '\'') {
        upTo('\'');
      } else if (c == '\\') {
        takeIfAny();
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return text.substring(start, position - 1);
      }
    }
    return text.substring(start);
  }

  /// `$'…'`, from its quote on.
  String ansiQuoted() {
    position++;
    StringBuilder inside = new StringBuilder();
    while (!isAtEnd() && peek() != '\'') {
      char c = take();
      if (c == '\\' && !isAtEnd()) {
        inside.appendCodePoint(ansiEscape());
      } else {
        inside.append(c);
      }
    }
    takeIfAny();
    return inside.toString();
  }

  private int ansiEscape() {
    String code = takeIf(ANSI_ESCAPE);
    if (code == null) {
      char c = take();
      return c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
    boolean isOctal = Character.isDigit(code.charAt(0));
    long point = isOctal ? Long.parseLong(code, 8) : Long.parseLong(code.substring(1), 16);
    return Character.isValidCodePoint((int) point) ? (int) point : LooseCommands.UNKNOWN;
  }

  /// The lines up to the one that ends the document, tabs before it not counted.
  String hereDocument(String end) {
    StringBuilder body = new StringBuilder();
    while (!isAtEnd()) {
      String line = upTo('\n');
      if (line.strip().equals(end)) {
        break;
      }
      body.append(line).append('\n');
    }
    return body.toString();
  }
}
