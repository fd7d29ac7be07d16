package dev.codexlsp.core.command;

import java.util.List;
import java.util.Set;

/// Commands that only look: they read files and print, and start nothing.
///
/// Their programs still have to be the ones they are called ([ProgramTrust]). `git` is never among
/// them, because the folder it runs in can make it run anything.
public final class KnownSafeCommands {
  private static final Set<String> WITH_ANY_ARGUMENTS =
      Set.of(
          "cat", "cd", "cut", "echo", "expr", "false", "grep", "head", "id", "ls", "nl", "numfmt",
          "paste", "pwd", "rev", "seq", "stat", "tac", "tail", "tr", "true", "uname", "wc", "which",
          "whoami");

  private static final Set<String> UNIQ_OPTIONS_WITH_VALUE = Set.of("-f", "-s", "-w");

  private KnownSafeCommands() {}

  /// Whether all of it is known to be harmless.
  public static boolean contain(ParsedCommand command) {
    return switch (command) {
      case ParsedCommand.Understood understood ->
          understood.commands().stream().allMatch(KnownSafeCommands::contain);
      case ParsedCommand.Opaque _ -> false;
    };
  }

  static boolean isSafeWithAnything(String program) {
    return WITH_ANY_ARGUMENTS.contains(program);
  }

  static boolean contain(SimpleCommand command) {
    List<String> arguments = command.arguments();
    return switch (command.program()) {
      case "base64" -> arguments.stream().noneMatch(KnownSafeCommands::mayNameOutput);
      case "find", "rg" ->
          arguments.stream().noneMatch(word -> EscapeOptions.isOption(command.program(), word));
      case "sed" -> isPrintingSed(arguments);
      case "uniq" -> uniqOperands(arguments) <= 1;
      default -> WITH_ANY_ARGUMENTS.contains(command.program());
    };
  }

  /// One system takes `-o` within a cluster, the other abbreviates the long form.
  private static boolean mayNameOutput(String word) {
    return word.startsWith("--o")
        || (word.startsWith("-") && !word.startsWith("--") && word.indexOf('o') > 0);
  }

  /// Exactly `-n N[,M]p [FILE]`: a word more could be an option that writes.
  private static boolean isPrintingSed(List<String> arguments) {
    return (arguments.size() == 2 || arguments.size() == 3)
        && arguments.getFirst().equals("-n")
        && EscapeOptions.SED_PRINTS.matcher(arguments.get(1)).matches()
        && (arguments.size() == 2 || !arguments.get(2).startsWith("-"));
  }

  /// The second operand would be written.
  private static int uniqOperands(List<String> arguments) {
    int operands = 0;
    boolean hasOptionsEnded = false;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (!hasOptionsEnded && word.equals("--")) {
        hasOptionsEnded = true;
      } else if (!hasOptionsEnded && UNIQ_OPTIONS_WITH_VALUE.contains(word)) {
        i++;
      } else if (hasOptionsEnded || !word.startsWith("-") || word.equals("-")) {
        operands++;
      }
    }
    return operands;
  }
}
