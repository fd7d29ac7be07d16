package dev.codexlsp.core.command;

import dev.codexlsp.core.thread.CommandAction;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a command seems to do, for those who show it: as in the original, except that a command
/// which also writes or starts something is never shown as one that only looks.
public final class CommandActions {
  /// What only shapes the output of others, or says nothing.
  private static final Set<String> SHAPING =
      Set.of("wc", "tr", "cut", "sort", "uniq", "column", "nl", "head", "tail", "sed", "awk");

  private static final Set<String> SHAPING_WITH_VALUE =
      Set.of("-n", "-c", "-d", "-f", "-k", "-t", "-s", "-w");

  private CommandActions() {}

  /// At least one; a single unknown one with the whole text when any part of it is not known.
  public static List<CommandAction> of(ParsedCommand command, Path directory) {
    List<CommandAction> actions =
        switch (command) {
          case ParsedCommand.Understood understood -> known(understood, directory);
          case ParsedCommand.Opaque _ -> null;
        };
    return actions == null || actions.isEmpty()
        ? List.of(new CommandAction.Unknown(text(command.argv())))
        : List.copyOf(actions);
  }

  /// The script alone, because the shell around it is the same every time.
  private static String text(List<String> argv) {
    String script = ShellWrapping.script(argv);
    return script == null ? Quoting.join(argv) : script;
  }

  private static @Nullable List<CommandAction> known(
      ParsedCommand.Understood command, Path directory) {
    List<CommandAction> actions = new ArrayList<>();
    boolean isAlone = command.commands().size() == 1;
    boolean isCut = false;
    Path here = directory;
    try {
      for (SimpleCommand segment : command.commands()) {
        if (!isAlone && ShellLanguage.changesFolder(segment)) {
          here = entered(segment, here);
        } else if (!isAlone && isShaping(segment, !actions.isEmpty())) {
          isCut |= segment.program().equals("sed");
        } else {
          CommandAction action = ActionReader.read(segment, here);
          if (action == null) {
            return null;
          }
          isCut |= segment.program().equals("sed");
          if (!actions.contains(action)) {
            actions.add(action);
          }
        }
      }
    } catch (InvalidPathException noPath) {
      return null;
    }
    // A range of lines is only told by the whole pipeline.
    return isCut && !isAlone ? withText(actions, text(command.argv())) : actions;
  }

  private static Path entered(SimpleCommand segment, Path here) {
    String target = Operands.of(segment.arguments(), Set.of()).at(0);
    return target == null ? here : here.resolve(target).normalize();
  }

  private static boolean isShaping(SimpleCommand segment, boolean isAfterAction) {
    String program = segment.program();
    List<String> arguments = segment.arguments();
    return switch (program) {
      case "true", "printf" -> true;
      case "echo" -> !isAfterAction;
      case "sed" -> arguments.size() == 2 && KnownSafeCommands.contain(segment);
      case "awk" -> arguments.size() == 1 && !EscapeOptions.areBeyond(1, segment);
      case "tr" -> isAfterAction;
      default ->
          isAfterAction
              && SHAPING.contains(program)
              && !EscapeOptions.areBeyond(1, segment)
              && Operands.of(arguments, SHAPING_WITH_VALUE).words().isEmpty();
    };
  }

  private static List<CommandAction> withText(List<CommandAction> actions, String text) {
    boolean isOneFile = actions.size() == 1 && actions.getFirst() instanceof CommandAction.Read;
    if (!isOneFile) {
      return actions;
    }
    CommandAction.Read read = (CommandAction.Read) actions.getFirst();
    return List.of(new CommandAction.Read(text, read.name(), read.path()));
  }
}
