package dev.codexlsp.core.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds every command that an argv may run, as far as its text tells: within scripts, loops and
/// substitutions, and behind programs that start others.
///
/// It finds too much rather than too little, since what is found is only a reason to ask. Work is
/// bounded; a text that hides more than that is not searched further.
final class LooseCommands {
  /// Stands for what is only known when the command runs.
  static final char UNKNOWN = '\uFFFC';

  private static final int MAX_COMMANDS = 2048;
  private static final int MAX_SCRIPTS = 256;

  private static final Pattern ASSIGNMENT =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\+?=.*", Pattern.DOTALL);

  private static final Pattern MAY_BE_SCRIPT = Pattern.compile(".*[\\s;|&`$({].*", Pattern.DOTALL);

  private static final Set<String> GIT_STARTERS =
      Set.of("bisect", "filter-branch", "rebase", "submodule", "for-each-repo", "difftool");

  private final List<List<String>> found = new ArrayList<>();
  private final Deque<String> scripts = new ArrayDeque<>();
  private int scriptsSeen;

  private LooseCommands() {}

  /// The argv itself comes first.
  static List<List<String>> of(List<String> argv) {
    LooseCommands commands = new LooseCommands();
    commands.command(argv);
    while (!commands.scripts.isEmpty()) {
      commands.script(commands.scripts.remove());
    }
    return List.copyOf(commands.found);
  }

  private void script(String text) {
    LooseScript script = LooseScript.read(text);
    boolean hasShellOnPipe = false;
    for (List<String> words : script.commands()) {
      List<String> command = withoutPrefix(words);
      if (!command.isEmpty()) {
        command(command);
        hasShellOnPipe |= readsScript(command);
      }
    }
    script.nested().forEach(this::later);
    if (hasShellOnPipe) {
      script.inputs().forEach(this::later);
      for (List<String> words : script.commands()) {
        words.forEach(this::laterIfScript);
        later(String.join(" ", words.subList(1, words.size())));
      }
    }
  }

  private static boolean readsScript(List<String> command) {
    return command.stream().map(SimpleCommand::baseName).anyMatch(Launchers::isShell);
  }

  private static List<String> withoutPrefix(List<String> words) {
    int start = 0;
    while (start < words.size() && isPrefix(words.get(start))) {
      boolean hasName = words.get(start).equals("function");
      start += hasName ? 2 : 1;
    }
    return words.subList(Math.min(start, words.size()), words.size());
  }

  private static boolean isPrefix(String word) {
    return ShellLanguage.isReserved(word)
        || Set.of("!", "{", "}", "").contains(word)
        || ASSIGNMENT.matcher(word).matches();
  }

  private void command(List<String> words) {
    if (words.isEmpty() || !add(words)) {
      return;
    }
    String name = SimpleCommand.baseName(words.getFirst());
    boolean isStarter =
        Launchers.isStarter(name)
            || (name.equals("git") && words.stream().anyMatch(GIT_STARTERS::contains));
    if (Launchers.isShell(name)) {
      words.stream().skip(1).forEach(this::later);
    } else if (isStarter) {
      for (int i = 1; i < words.size(); i++) {
        String word = words.get(i);
        add(words.subList(i, words.size()));
        laterIfScript(word);
        if (Launchers.isShell(SimpleCommand.baseName(word))) {
          words.stream().skip(i + 1).forEach(this::later);
        }
      }
    }
    // An alias of git that is a command.
    words.stream()
        .filter(word -> word.contains("=!"))
        .forEach(word -> later(word.substring(word.indexOf("=!") + 2)));
  }

  private boolean add(List<String> words) {
    return found.size() < MAX_COMMANDS && found.add(List.copyOf(words));
  }

  /// A script may be glued to its option, as in `-S'rm x'` and `--command='rm x'`.
  private void laterIfScript(String word) {
    if (!MAY_BE_SCRIPT.matcher(word).matches()) {
      return;
    }
    later(word);
    if (word.indexOf('=') >= 0) {
      later(word.substring(word.indexOf('=') + 1));
    }
    if (word.length() > 2 && word.startsWith("-")) {
      later(word.substring(2));
    }
  }

  private void later(String script) {
    if (scriptsSeen++ < MAX_SCRIPTS) {
      scripts.add(script);
    }
  }
}
