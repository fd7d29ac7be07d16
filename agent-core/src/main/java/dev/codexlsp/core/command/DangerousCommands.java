package dev.codexlsp.core.command;

import java.util.List;
import java.util.Locale;

/// Commands that destroy without a question of their own, wherever in the argv they stand.
///
/// A hint and no fence: it makes us ask where the sandbox alone would have decided, and refuse
/// where nobody can be asked. Whoever wants to hide a command from it can.
public final class DangerousCommands {
  private DangerousCommands() {}

  public static boolean areIn(List<String> argv) {
    return LooseCommands.of(argv).stream().anyMatch(DangerousCommands::isOne);
  }

  private static boolean isOne(List<String> words) {
    // Some file systems do not tell RM from rm.
    String name = SimpleCommand.baseName(words.getFirst()).toLowerCase(Locale.ROOT);
    List<String> arguments = words.subList(1, words.size());
    return switch (name) {
      case "rm", "grm" -> isForced(arguments);
      case "find", "gfind" -> arguments.contains("-delete");
      default -> false;
    };
  }

  private static boolean isForced(List<String> arguments) {
    for (String argument : arguments) {
      if (argument.equals("--")) {
        return false;
      }
      boolean isLong = argument.startsWith("--f") && "--force".startsWith(argument);
      boolean isShort =
          argument.startsWith("-") && !argument.startsWith("--") && argument.indexOf('f') > 0;
      if (isLong || isShort) {
        return true;
      }
    }
    return false;
  }
}
