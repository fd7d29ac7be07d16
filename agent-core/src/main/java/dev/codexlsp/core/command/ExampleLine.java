package dev.codexlsp.core.command;

import java.util.ArrayList;
import java.util.List;

/// An example of a rule that is written as one line: words and quotes of a shell, nothing else.
final class ExampleLine {
  private ExampleLine() {}

  static List<String> split(RuleCall call, String line) throws RuleSyntaxException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isInWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean isBlank = quote == 0 && Character.isWhitespace(c);
      if (isBlank && isInWord) {
        words.add(word.toString());
        word.setLength(0);
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        boolean isKept = quote == '"' && "\"\\$`".indexOf(line.charAt(i + 1)) < 0;
        word.append(isKept ? "\\" : "").append(line.charAt(++i));
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (!isBlank) {
        word.append(c);
      }
      isInWord = !isBlank;
    }
    if (quote != 0) {
      throw call.problem("an example has an open quote: " + line);
    }
    if (isInWord) {
      words.add(word.toString());
    }
    return words;
  }
}
