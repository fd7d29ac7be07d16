package dev.codexlsp.core.command;

import dev.codexlsp.core.thread.CommandAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Names what one simple command does, if it is one of those that everybody uses to look around.
final class ActionReader {
  private static final Set<String> SEARCH_VALUES =
      Set.of(
          "-A",
          "-B",
          "-C",
          "-m",
          "-e",
          "-f",
          "-g",
          "-t",
          "-T",
          "-d",
          "-E",
          "-r",
          "-j",
          "-M",
          "--glob",
          "--iglob",
          "--type",
          "--type-not",
          "--regexp",
          "--file",
          "--context",
          "--after-context",
          "--before-context",
          "--max-count",
          "--max-depth",
          "--include",
          "--exclude",
          "--exclude-dir",
          "--sort",
          "--replace",
          "--threads",
          "--encoding");

  /// Where a short option of the one is no option with a value of the other.
  private static final Set<String> GREP_VALUES =
      Set.of(
          "-A",
          "-B",
          "-C",
          "-m",
          "-e",
          "-f",
          "-d",
          "-D",
          "--regexp",
          "--file",
          "--context",
          "--after-context",
          "--before-context",
          "--max-count",
          "--include",
          "--exclude",
          "--exclude-dir");

  private static final Set<String> LIST_VALUES =
      Set.of(
          "-I",
          "-w",
          "-T",
          "-L",
          "-P",
          "-d",
          "--ignore",
          "--width",
          "--level",
          "--max-depth",
          "--sort",
          "--color",
          "--filelimit");

  private static final Set<String> FD_VALUES =
      Set.of("-t", "-e", "-E", "-d", "--type", "--extension", "--exclude", "--max-depth");

  private static final Set<String> FIND_NAMES =
      Set.of("-name", "-iname", "-path", "-ipath", "-regex", "-iregex", "-wholename");

  private static final Set<String> READ_VALUES =
      Set.of(
          "-b",
          "-d",
          "-f",
          "-i",
          "-l",
          "-r",
          "-s",
          "-v",
          "-w",
          "--style",
          "--theme",
          "--language",
          "--line-range");

  private ActionReader() {}

  /// Null when it does something else.
  static @Nullable CommandAction read(SimpleCommand command, Path directory) {
    String text = Quoting.join(command.words());
    List<String> arguments = command.arguments();
    if (arguments.stream().anyMatch(word -> mayWrite(command.program(), word))) {
      return null;
    }
    return switch (command.program()) {
      case "cat" -> file(text, Operands.of(arguments, Set.of()), directory);
      case "less", "more", "bat", "batcat", "nl" ->
          file(text, Operands.of(arguments, READ_VALUES), directory);
      case "head", "tail" -> file(text, lines(arguments), directory);
      case "sed" -> sed(text, arguments, directory);
      case "awk" -> awk(text, command, directory);
      case "ls", "eza", "exa", "tree", "du" -> list(text, Operands.of(arguments, LIST_VALUES));
      case "rg", "rga", "ag", "ack", "pt" ->
          arguments.contains("--files")
              ? list(text, Operands.of(arguments, SEARCH_VALUES))
              : search(text, arguments, SEARCH_VALUES);
      case "grep", "egrep", "fgrep" -> search(text, arguments, GREP_VALUES);
      case "fd" -> fd(text, Operands.of(arguments, FD_VALUES));
      case "find" -> find(text, arguments);
      case "git" -> git(text, command);
      default -> null;
    };
  }

  private static boolean mayWrite(String program, String word) {
    return switch (program) {
      case "find", "fd", "rg", "tree", "ag" -> EscapeOptions.isOption(program, word);
      default -> false;
    };
  }

  private static @Nullable CommandAction file(String text, Operands operands, Path directory) {
    String file = operands.words().size() == 1 ? operands.at(0) : null;
    return file == null || file.equals("-") ? null : read(text, file, directory);
  }

  private static @Nullable CommandAction read(String text, String file, Path directory) {
    Path path = directory.resolve(file).normalize();
    Path name = path.getFileName();
    return name == null ? null : new CommandAction.Read(text, name.toString(), path);
  }

  /// A file alone, or with a number of lines.
  private static Operands lines(List<String> arguments) {
    boolean hasCount = arguments.size() == 3 && arguments.getFirst().equals("-n");
    boolean hasGluedCount = arguments.size() == 2 && arguments.getFirst().matches("-n[+-]?[0-9]+");
    boolean isAlone = arguments.size() == 1 && !arguments.getFirst().startsWith("-");
    return new Operands(
        hasCount || hasGluedCount || isAlone ? List.of(arguments.getLast()) : List.of());
  }

  private static @Nullable CommandAction sed(String text, List<String> arguments, Path directory) {
    boolean prints =
        arguments.size() >= 3
            && arguments.getFirst().equals("-n")
            && EscapeOptions.SED_PRINTS.matcher(arguments.get(1)).matches()
            && arguments.stream().skip(2).noneMatch(word -> word.startsWith("-"));
    return prints ? read(text, arguments.get(2), directory) : null;
  }

  private static @Nullable CommandAction awk(String text, SimpleCommand command, Path directory) {
    List<String> arguments = command.arguments();
    boolean prints = arguments.size() == 2 && !EscapeOptions.areBeyond(1, command);
    return prints ? read(text, arguments.get(1), directory) : null;
  }

  private static CommandAction list(String text, Operands operands) {
    return new CommandAction.ListFiles(text, operands.shortPathAt(0));
  }

  private static CommandAction search(String text, List<String> arguments, Set<String> withValue) {
    Operands operands = Operands.of(arguments, withValue);
    int option = Math.max(arguments.indexOf("-e"), arguments.indexOf("--regexp"));
    boolean hasPattern = option >= 0 && option + 1 < arguments.size();
    String query = hasPattern ? arguments.get(option + 1) : operands.at(0);
    return new CommandAction.Search(text, query, operands.shortPathAt(hasPattern ? 0 : 1));
  }

  private static CommandAction fd(String text, Operands operands) {
    return operands.words().isEmpty()
        ? list(text, operands)
        : new CommandAction.Search(text, operands.at(0), operands.shortPathAt(1));
  }

  /// The folders stand before the first test.
  private static CommandAction find(String text, List<String> arguments) {
    Operands places =
        new Operands(
            arguments.stream()
                .dropWhile(word -> Set.of("-L", "-H", "-P").contains(word))
                .takeWhile(word -> !word.startsWith("-"))
                .toList());
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (FIND_NAMES.contains(arguments.get(i))) {
        return new CommandAction.Search(text, arguments.get(i + 1), places.shortPathAt(0));
      }
    }
    return list(text, places);
  }

  private static @Nullable CommandAction git(String text, SimpleCommand command) {
    List<String> arguments = command.arguments();
    if (arguments.isEmpty() || GitEscapes.areBeyond(1, command.words())) {
      return null;
    }
    List<String> further = arguments.subList(1, arguments.size());
    return switch (arguments.getFirst()) {
      case "grep" -> search(text, further, GREP_VALUES);
      case "ls-files" -> list(text, Operands.of(further, Set.of("-x", "-X")));
      default -> null;
    };
  }
}
