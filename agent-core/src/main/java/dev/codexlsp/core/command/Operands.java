package dev.codexlsp.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of a command that are neither options nor their values.
record Operands(List<String> words) {
  private static final Set<String> NO_NAMES = Set.of("build", "dist", "node_modules", "src");

  /// @param withValue the options whose value is the next word
  static Operands of(List<String> arguments, Set<String> withValue) {
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--")) {
        operands.addAll(arguments.subList(i + 1, arguments.size()));
        break;
      }
      if (withValue.contains(word)) {
        i++;
      } else if (!word.startsWith("-") || word.equals("-")) {
        operands.add(word);
      }
    }
    return new Operands(operands);
  }

  @Nullable String at(int index) {
    return index < words.size() ? words.get(index) : null;
  }

  /// Short enough for a line of a display: the last part that tells something.
  @Nullable String shortPathAt(int index) {
    String path = at(index);
    if (path == null) {
      return null;
    }
    String last = path;
    for (String part : List.of(path.split("/", -1)).reversed()) {
      if (!part.isEmpty() && !NO_NAMES.contains(part)) {
        return part;
      }
      last = part.isEmpty() || !last.equals(path) ? last : part;
    }
    return last;
  }
}
