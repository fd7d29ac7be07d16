package dev.codexlsp.core.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether an allowed command is what it is called, so that it may run without a sandbox and
/// without a question.
///
/// Pure over facts: whoever asks looks the programs up, in the `PATH` and the folder of the child.
/// A file that a trusted program reads and executes (a Makefile, a script in its arguments) is not
/// judged here.
public final class ProgramTrust {
  /// They run what the folder they work in tells them to.
  private static final Set<String> READS_ITS_FOLDER =
      Set.of("git", "gh", "hub", "glab", "tig", "lazygit", "jj", "hg");

  private static final Set<String> FOLDER_OPTIONS = Set.of("--git-dir", "--work-tree", "-R");

  private ProgramTrust() {}

  /// Where a program was found.
  ///
  /// @param found the path under which it would be started; null when there is none, as with what
  ///   the shell does itself
  /// @param real the same with every link followed
  public record Location(@Nullable Path found, @Nullable Path real) {}

  /// Everything that the command starts, as far as its words tell, each with its program first: the
  /// shells, the segments, and what shells and starters among them run. Each has to be trusted.
  public static List<SimpleCommand> programs(ParsedCommand.Understood command) {
    List<SimpleCommand> programs = new ArrayList<>();
    SimpleCommand shell = command.shell();
    if (shell != null) {
      programs.add(shell);
      List<String> inner = ShellWrapping.withoutEnv(shell.words());
      if (inner != null) {
        programs.add(new SimpleCommand(inner));
      }
    }
    for (SimpleCommand segment : command.commands()) {
      programs.add(segment);
      ParsedCommand nested = ShellParser.parse(segment.words());
      if (nested instanceof ParsedCommand.Understood inner && inner.shell() != null) {
        programs.addAll(programs(inner));
      } else if (Launchers.isStarter(segment.name())) {
        LooseCommands.of(segment.words()).stream()
            .skip(1)
            .filter(words -> isProgramWord(words.getFirst()))
            .map(SimpleCommand::new)
            .forEach(programs::add);
      }
    }
    return List.copyOf(programs);
  }

  private static boolean isProgramWord(String word) {
    return !word.isEmpty() && !word.startsWith("-") && word.indexOf('=') < 0;
  }

  /// Whether a script leaves the folder it was started in.
  public static boolean changesFolder(ParsedCommand.Understood command) {
    return programs(command).stream().anyMatch(ShellLanguage::changesFolder);
  }

  /// Why the command has to be asked about after all; null when nothing speaks against it.
  ///
  /// @param writableRoots where commands of the agent can write, with links followed
  /// @param directoryIsChosen the model has picked the folder that the command runs in, by an
  ///   argument of the call or by `cd`
  public static @Nullable String objection(
      SimpleCommand command,
      Location location,
      List<Path> writableRoots,
      boolean directoryIsChosen) {
    String program = command.program();
    Path found = location.found();
    Path real = location.real();
    if (found == null || real == null) {
      return ShellLanguage.isHarmlessBuiltin(program) ? null : program + " was not found";
    }
    if (program.indexOf('/') > 0) {
      return program + " is named by a path below the current folder";
    }
    if (!found.isAbsolute() || !real.isAbsolute()) {
      return program + " was found by a relative path";
    }
    if (isWritable(found, writableRoots) || isWritable(real, writableRoots)) {
      return found + " is in a folder that commands can write";
    }
    boolean reads = READS_ITS_FOLDER.contains(command.name()) || command.name().startsWith("git-");
    if (reads && (directoryIsChosen || namesFolder(command))) {
      return command.name() + " would run in a folder that the model has chosen";
    }
    return null;
  }

  private static boolean isWritable(Path program, List<Path> roots) {
    Path normal = program.normalize();
    return roots.stream().anyMatch(root -> normal.startsWith(root.normalize()));
  }

  private static boolean namesFolder(SimpleCommand command) {
    return command.arguments().stream()
        .anyMatch(word ->
            word.startsWith("-C")
                || FOLDER_OPTIONS.stream().anyMatch(word::startsWith)
                || (word.length() > 4 && "--git-dir".startsWith(word))
                || (word.length() > 4 && "--work-tree".startsWith(word)));
  }
}
