package dev.codexlsp.core.command;

import dev.codexlsp.core.command.RuleToken.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts a rule file into names, strings and signs. One instance reads one file.
final class RuleLexer {
  private static final String SIGNS = "()[],=;";

  private final String text;
  private final List<RuleToken> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private int depth;

  private RuleLexer(String text) {
    this.text = text;
  }

  /// Line ends within brackets are left out; the last token is the end.
  static List<RuleToken> read(String text) throws RuleSyntaxException {
    RuleLexer lexer = new RuleLexer(text.replace("\r\n", "\n"));
    while (lexer.position < lexer.text.length()) {
      lexer.step();
    }
    lexer.add(Kind.LINE_END, "");
    lexer.add(Kind.END, "");
    return lexer.tokens;
  }

  private void step() throws RuleSyntaxException {
    char c = text.charAt(position);
    switch (c) {
      case ' ' -> blank();
      case '\n' -> lineEnd();
      case '#' -> comment();
      case '"', '\'' -> string(false);
      case '\t' -> throw problem("tabs are not allowed");
      case '\\' -> continuation();
      default -> {
        if (SIGNS.indexOf(c) >= 0) {
          sign(c);
        } else if (Character.isLetter(c) || c == '_') {
          name();
        } else {
          throw problem("unexpected '" + c + "'");
        }
      }
    }
  }

  private void blank() throws RuleSyntaxException {
    boolean isIndented = depth == 0 && (position == 0 || text.charAt(position - 1) == '\n');
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
    boolean isEmpty = position == text.length() || "\n#".indexOf(text.charAt(position)) >= 0;
    if (isIndented && !isEmpty) {
      throw problem("unexpected indentation");
    }
  }

  private void lineEnd() {
    if (depth == 0) {
      add(Kind.LINE_END, "");
    }
    position++;
    line++;
  }

  private void comment() {
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end;
  }

  private void continuation() throws RuleSyntaxException {
    if (!text.startsWith("\\\n", position)) {
      throw problem("unexpected '\\'");
    }
    position += 2;
    line++;
  }

  private void sign(char c) {
    add(Kind.SIGN, String.valueOf(c));
    if (c == '(' || c == '[') {
      depth++;
    } else if (c == ')' || c == ']') {
      depth = Math.max(0, depth - 1);
    }
    position++;
  }

  private void name() throws RuleSyntaxException {
    int start = position;
    while (position < text.length() && isNamePart(text.charAt(position))) {
      position++;
    }
    String name = text.substring(start, position);
    boolean isPrefix =
        position < text.length() && (text.charAt(position) == '"' || text.charAt(position) == '\'');
    if (!isPrefix) {
      add(Kind.NAME, name);
    } else if (name.equals("r")) {
      string(true);
    } else {
      throw problem("unexpected string prefix '" + name + "'");
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private void string(boolean isRaw) throws RuleSyntaxException {
    RuleString string = RuleString.read(text, position, line, isRaw);
    add(Kind.TEXT, string.value());
    position = string.end();
    line = string.endLine();
  }

  private void add(Kind kind, String content) {
    tokens.add(new RuleToken(kind, content, line));
  }

  private RuleSyntaxException problem(String problem) {
    return new RuleSyntaxException(line, problem);
  }
}
