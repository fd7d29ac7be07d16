package dev.codexlsp.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a script that consists of words, quoted words, `&&`, `||`, `;`, `|` and line ends only.
///
/// One instance reads one text. The characters that may stand unquoted are listed; all others make
/// the script unreadable, so a feature of a shell that we do not know is refused and not missed.
final class PlainScript {
  private static final int MAX_LENGTH = 1 << 16;

  /// A name that no shell changes: in ASCII, so that it is the one it looks like.
  private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./+@:-]*");

  private static final String UNQUOTED = "_@%+,./:=-";

  /// What double quotes do not make literal; a backslash before anything else is one.
  private static final String LIVE_IN_QUOTES = "$`\"\\\n";

  private final String text;
  private final List<SimpleCommand> commands = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private int position;
  private boolean isProgramQuoted;

  /// An operator wants a command after it.
  private boolean isOpen;

  private PlainScript(String text) {
    this.text = text;
  }

  /// Null when the script is anything more than that.
  static @Nullable List<SimpleCommand> parse(String script) {
    if (script.length() > MAX_LENGTH || Deceptive.isIn(script)) {
      return null;
    }
    PlainScript reader = new PlainScript(script);
    return reader.isRead() ? List.copyOf(reader.commands) : null;
  }

  private boolean isRead() {
    while (skipBlanks()) {
      boolean isGood =
          switch (text.charAt(position)) {
            case '\n' -> lineEnd();
            case ';' -> separator(1, false);
            case '|' -> separator(text.startsWith("||", position) ? 2 : 1, true);
            case '&' -> text.startsWith("&&", position) && separator(2, true);
            default -> word();
          };
      if (!isGood) {
        return false;
      }
    }
    return closeCommand() && !isOpen && !commands.isEmpty();
  }

  /// A line end closes a command, except that one which is still wanted may come on the next line.
  private boolean lineEnd() {
    position++;
    return words.isEmpty() || closeCommand();
  }

  private boolean separator(int length, boolean wantsMore) {
    if (words.isEmpty()) {
      return false;
    }
    position += length;
    boolean isClosed = closeCommand();
    isOpen = wantsMore;
    return isClosed;
  }

  private boolean closeCommand() {
    if (words.isEmpty()) {
      return true;
    }
    isOpen = false;
    String program = words.getFirst();
    SimpleCommand command = new SimpleCommand(words);
    words.clear();
    commands.add(command);
    return !isProgramQuoted
        && PROGRAM.matcher(program).matches()
        && !ShellLanguage.isMoreThanWords(command);
  }

  /// False at the end of the text.
  private boolean skipBlanks() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (isContinuation()) {
        position += 2;
      } else if (c == ' ' || c == '\t') {
        position++;
      } else {
        return true;
      }
    }
    return false;
  }

  private boolean isContinuation() {
    return text.startsWith("\\\n", position);
  }

  private boolean word() {
    StringBuilder word = new StringBuilder();
    boolean isQuoted = false;
    int start = position;
    while (position < text.length() && " \t\n;|&".indexOf(text.charAt(position)) < 0) {
      int point = text.codePointAt(position);
      if (isContinuation()) {
        position += 2;
      } else if (point == '\'' || point == '"') {
        isQuoted = true;
        if (!(point == '"' ? doubleQuoted(word) : singleQuoted(word))) {
          return false;
        }
      } else if (isUnquoted(point)) {
        word.appendCodePoint(point);
        position += Character.charCount(point);
      } else {
        return false;
      }
    }
    // A word that begins with = is another program's path in one of the shells.
    if (text.charAt(start) == '=') {
      return false;
    }
    if (words.isEmpty()) {
      isProgramQuoted = isQuoted;
    }
    words.add(word.toString());
    return true;
  }

  private static boolean isUnquoted(int point) {
    return Character.isLetterOrDigit(point) || UNQUOTED.indexOf(point) >= 0;
  }

  private boolean singleQuoted(StringBuilder word) {
    int end = text.indexOf('\'', position + 1);
    if (end < 0) {
      return false;
    }
    word.append(text, position + 1, end);
    position = end + 1;
    return true;
  }

  private boolean doubleQuoted(StringBuilder word) {
    position++;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '"') {
        position++;
        return true;
      }
      boolean isEscape =
          c == '\\'
              && position + 1 < text.length()
              && LIVE_IN_QUOTES.indexOf(text.charAt(position + 1)) >= 0;
      if (c == '$' || c == '`' || isEscape) {
        return false;
      }
      word.append(c);
      position++;
    }
    return false;
  }
}
