package dev.codexlsp.core.command;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words as one line that people read and a shell would take apart again, quoted as the original
/// quotes them in front of its clients.
final class Quoting {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@:./+\\]-]+");

  private Quoting() {}

  static String join(List<String> words) {
    return words.stream().map(Quoting::quote).collect(Collectors.joining(" "));
  }

  private static String quote(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    if (word.indexOf('\'') < 0) {
      return "'" + word + "'";
    }
    boolean isTameInDoubleQuotes = word.chars().noneMatch(c -> "\"$`\\!".indexOf(c) >= 0);
    return isTameInDoubleQuotes ? '"' + word + '"' : "'" + word.replace("'", "'\\''") + "'";
  }
}
