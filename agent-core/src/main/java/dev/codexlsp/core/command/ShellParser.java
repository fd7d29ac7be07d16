package dev.codexlsp.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes an argv apart into its simple commands. Strict: when in doubt, it is opaque.
public final class ShellParser {
  private static final int MAX_WORDS = 4096;

  private ShellParser() {}

  /// An argv, which may be a shell with a script.
  public static ParsedCommand parse(List<String> argv) {
    List<String> words = argv;
    List<String> inner = ShellWrapping.withoutEnv(words);
    if (inner != null) {
      words = inner;
    }
    String script = ShellWrapping.script(words);
    if (script == null) {
      return isPlain(argv)
          ? new ParsedCommand.Understood(argv, null, List.of(new SimpleCommand(argv)))
          : new ParsedCommand.Opaque(argv);
    }
    List<SimpleCommand> commands = PlainScript.parse(script);
    boolean isHidden = argv.stream().anyMatch(Deceptive::isIn);
    return commands == null || isHidden
        ? new ParsedCommand.Opaque(argv)
        : new ParsedCommand.Understood(argv, new SimpleCommand(argv), commands);
  }

  /// The commands of a bare script, as a shell of the user would run it; null when it is not fully
  /// understood.
  public static @Nullable List<SimpleCommand> parseScript(String script) {
    return PlainScript.parse(script);
  }

  private static boolean isPlain(List<String> argv) {
    return !argv.isEmpty()
        && argv.size() <= MAX_WORDS
        && !argv.getFirst().isEmpty()
        && argv.getFirst().chars().allMatch(c -> c > ' ' && c < 0x7F)
        && argv.stream().noneMatch(Deceptive::isIn);
  }
}
