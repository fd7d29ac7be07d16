package dev.codexlsp.core.command;

import java.util.Set;

/// The words that mean something to a shell itself. A script that uses them may change what its
/// later words mean, or evaluate an argument once more, so its words do not tell what it does.
final class ShellLanguage {
  /// They begin or end something bigger than a command, or change how the next one is read.
  private static final Set<String> RESERVED =
      Set.of(
          "if",
          "then",
          "elif",
          "else",
          "fi",
          "case",
          "esac",
          "for",
          "select",
          "while",
          "until",
          "do",
          "done",
          "in",
          "function",
          "time",
          "coproc",
          "repeat",
          "foreach",
          "end",
          "nocorrect",
          "noglob",
          "always");

  /// They give names, variables, options or input a new meaning, or run their arguments as code.
  private static final Set<String> CHANGES_THE_SHELL =
      Set.of(
          ".",
          "alias",
          "autoload",
          "bg",
          "bind",
          "builtin",
          "compadd",
          "compgen",
          "complete",
          "compopt",
          "declare",
          "disable",
          "disown",
          "emulate",
          "enable",
          "eval",
          "exec",
          "export",
          "fc",
          "fg",
          "float",
          "functions",
          "getln",
          "getopts",
          "hash",
          "history",
          "integer",
          "jobs",
          "let",
          "limit",
          "local",
          "mapfile",
          "nameref",
          "print",
          "private",
          "read",
          "readarray",
          "readonly",
          "rehash",
          "sched",
          "set",
          "setopt",
          "shift",
          "shopt",
          "source",
          "suspend",
          "trap",
          "typeset",
          "ulimit",
          "umask",
          "unalias",
          "unfunction",
          "unhash",
          "unlimit",
          "unset",
          "unsetopt",
          "vared",
          "zcompile",
          "zformat",
          "zle",
          "zmodload",
          "zparseopts",
          "zstyle");

  /// They read arguments as arithmetic, where an index of an array can hold a substitution.
  private static final Set<String> CALCULATES =
      Set.of("test", "printf", "exit", "return", "break", "continue", "wait", "kill", "logout");

  private static final Set<String> CHANGES_FOLDER = Set.of("cd", "chdir", "pushd", "popd");

  /// Run by the shell itself, wherever a program of that name may lie.
  private static final Set<String> HARMLESS_BUILTINS =
      Set.of(
          "cd", "echo", "false", "popd", "printf", "pushd", "pwd", "test", "true", "type", "exit",
          "wait");

  private ShellLanguage() {}

  static boolean isMoreThanWords(SimpleCommand command) {
    String program = command.program();
    return RESERVED.contains(program)
        || CHANGES_THE_SHELL.contains(program)
        || (CALCULATES.contains(program) && mayAssignOrSubstitute(command));
  }

  private static boolean mayAssignOrSubstitute(SimpleCommand command) {
    return command.arguments().stream()
        .anyMatch(word -> word.indexOf('[') >= 0 || word.startsWith("-v") || word.startsWith("-p"));
  }

  static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }

  static boolean changesFolder(SimpleCommand command) {
    return CHANGES_FOLDER.contains(command.program());
  }

  static boolean isHarmlessBuiltin(String program) {
    return HARMLESS_BUILTINS.contains(program);
  }
}
