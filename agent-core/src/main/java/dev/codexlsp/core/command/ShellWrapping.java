package dev.codexlsp.core.command;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A shell that is given its script as a word: `bash -lc SCRIPT` and its kin.
final class ShellWrapping {
  /// The shells whose reading of a plain script is the same as ours.
  private static final Set<String> SHELLS = Set.of("bash", "zsh", "sh");

  private static final Set<String> SCRIPT_OPTIONS = Set.of("-c", "-lc");

  private ShellWrapping() {}

  /// The script of exactly `SHELL -c SCRIPT`; null for everything else, further words and other
  /// options included, because they change what the script does.
  static @Nullable String script(List<String> words) {
    boolean isWrapped =
        words.size() == 3 && isShell(words.get(0)) && SCRIPT_OPTIONS.contains(words.get(1));
    return isWrapped ? words.get(2) : null;
  }

  /// The words without an `env` that sets nothing in front of a shell; null when there is none.
  static @Nullable List<String> withoutEnv(List<String> words) {
    boolean hasEnv =
        words.size() > 1
            && SimpleCommand.baseName(words.getFirst()).equals("env")
            && isShell(words.get(1));
    return hasEnv ? words.subList(1, words.size()) : null;
  }

  /// A path below the current folder is whatever lies there, whatever it is called.
  private static boolean isShell(String program) {
    boolean isNamed = program.indexOf('/') < 0 || program.startsWith("/");
    return isNamed && SHELLS.contains(SimpleCommand.baseName(program));
  }
}
