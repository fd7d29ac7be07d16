package dev.codexlsp.core.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts any text into what looks like the commands of a script; never fails.
///
/// One instance reads one text. Quotes and escapes are undone, variables that the text itself sets
/// are filled in, and what cannot be known is [LooseCommands#UNKNOWN].
final class LooseScript {
  private static final int MAX_LENGTH = 1 << 16;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern REDIRECT = Pattern.compile("(&>>?|<<<|<<-?|<>|>>|>\\||>&|<&|[<>])");

  private final LooseText text;
  private final List<List<String>> commands = new ArrayList<>();
  private final List<String> nested = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private final StringBuilder word = new StringBuilder();
  private List<String> words = new ArrayList<>();
  private boolean isInWord;
  private boolean hasBrace;

  /// The operator whose target the next word is.
  private @Nullable String redirect;

  private LooseScript(String script) {
    text = new LooseText(script.substring(0, Math.min(script.length(), MAX_LENGTH)));
  }

  static LooseScript read(String script) {
    LooseScript reader = new LooseScript(script);
    while (!reader.text.isAtEnd()) {
      reader.step();
    }
    reader.endCommand();
    return reader;
  }

  List<List<String>> commands() {
    return commands;
  }

  /// The scripts within substitutions.
  List<String> nested() {
    return nested;
  }

  /// What commands read: here-documents and here-strings.
  List<String> inputs() {
    return inputs;
  }

  private void step() {
    char c = text.peek();
    switch (c) {
      case '\\' -> text.escape(this::append);
      case '\'' -> append(text.singleQuoted());
      case '"' -> doubleQuoted();
      case '$' -> dollar(false);
      case '`' -> nested(text.backquoted());
      case ' ', '\t' -> blank();
      case '\n' -> lineEnd();
      case ';', '|', '(', ')' -> operator();
      case '&', '<', '>' -> redirectOrOperator();
      case '#' -> comment();
      default -> {
        hasBrace |= c == '{';
        append(String.valueOf(text.take()));
      }
    }
  }

  private void append(String more) {
    isInWord = true;
    word.append(more);
  }

  private void blank() {
    text.take();
    endWord();
  }

  private void operator() {
    text.take();
    endCommand();
  }

  private void comment() {
    if (isInWord) {
      append(String.valueOf(text.take()));
    } else {
      text.skipLine();
    }
  }

  private void lineEnd() {
    text.take();
    endCommand();
    for (String end : ends) {
      String body = text.hereDocument(end);
      inputs.add(body);
      nested.addAll(LooseText.substitutions(body));
    }
    ends.clear();
  }

  private void redirectOrOperator() {
    if (text.startsWith("<(") || text.startsWith(">(")) {
      text.take();
      text.take();
      nested(text.untilClosing());
      return;
    }
    String operator = text.takeIf(REDIRECT);
    if (operator == null) {
      operator();
      return;
    }
    // A number right before is the descriptor.
    if (isInWord && word.chars().allMatch(Character::isDigit)) {
      word.setLength(0);
      isInWord = false;
    }
    endWord();
    redirect = operator;
  }

  private void doubleQuoted() {
    text.take();
    isInWord = true;
    while (!text.isAtEnd() && text.peek() != '"') {
      switch (text.peek()) {
        case '\\' -> text.escapeInQuotes(this::append);
        case '$' -> dollar(true);
        case '`' -> nested(text.backquoted());
        default -> append(String.valueOf(text.take()));
      }
    }
    text.takeIfAny();
  }

  private void dollar(boolean isQuoted) {
    text.take();
    if (text.startsWith("(")) {
      text.take();
      nested(text.untilClosing());
    } else if (text.startsWith("{")) {
      variable(text.braced(), isQuoted);
    } else if (!isQuoted && text.startsWith("'")) {
      append(text.ansiQuoted());
    } else if (!isQuoted && text.startsWith("\"")) {
      doubleQuoted();
    } else {
      String name = text.takeIf(NAME);
      variable(name == null ? String.valueOf(text.takeIfAny()) : name, isQuoted);
    }
  }

  private void nested(String script) {
    nested.add(script);
    append(String.valueOf(LooseCommands.UNKNOWN));
  }

  private void variable(String name, boolean isQuoted) {
    String value = variables.get(name);
    if (value == null) {
      nested.addAll(LooseText.substitutions(name));
      // An empty expansion between other letters is a known trick, so nothing is put in its place.
      isInWord = true;
      return;
    }
    for (String part : isQuoted ? List.of(value) : List.of(value.split("(?<=\\s)|(?=\\s)"))) {
      if (!isQuoted && part.isBlank()) {
        endWord();
      } else {
        append(part);
      }
    }
  }

  private void endWord() {
    if (!isInWord) {
      return;
    }
    String whole = word.toString();
    word.setLength(0);
    isInWord = false;
    boolean isList =
        hasBrace && whole.startsWith("{") && whole.endsWith("}") && whole.contains(",");
    hasBrace = false;
    String operator = redirect;
    redirect = null;
    if (operator != null) {
      redirected(operator, whole);
    } else if (isList) {
      words.addAll(List.of(whole.substring(1, whole.length() - 1).split(",")));
    } else {
      words.add(whole);
    }
  }

  private void redirected(String operator, String target) {
    switch (operator) {
      case "<<", "<<-" -> ends.add(target);
      case "<<<" -> inputs.add(target);
      default -> {
        // A file, which is no command.
      }
    }
  }

  private void endCommand() {
    endWord();
    redirect = null;
    for (String assignment : words) {
      Matcher name = NAME.matcher(assignment);
      if (name.lookingAt() && assignment.startsWith("=", name.end())) {
        variables.put(name.group(), assignment.substring(name.end() + 1));
      }
    }
    if (!words.isEmpty()) {
      commands.add(words);
      words = new ArrayList<>();
    }
  }
}
