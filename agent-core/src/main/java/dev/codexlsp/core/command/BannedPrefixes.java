package dev.codexlsp.core.command;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Prefixes that must not become a rule, whoever asks for it: they name no command yet, only what
/// runs commands.
///
/// A rule file that the user writes may still hold them.
public final class BannedPrefixes {
  /// They do anything, according to the words that would come after the prefix.
  private static final Set<String> TOO_WIDE =
      Set.of(
          "git", "rm", "awk", "gawk", "mawk", "nawk", "sed", "docker", "podman", "kubectl", "npx",
          "pnpx", "bunx", "uvx", "pipx", "make", "dd", "tee", "curl", "wget", "rsync", "tar", "jq");

  /// A subcommand of theirs is as wide as they are.
  private static final Set<List<String>> WIDE_SUBCOMMANDS =
      Set.of(
          List.of("docker", "run"),
          List.of("docker", "exec"),
          List.of("podman", "run"),
          List.of("podman", "exec"),
          List.of("npm", "exec"),
          List.of("pnpm", "dlx"),
          List.of("pnpm", "exec"),
          List.of("yarn", "dlx"),
          List.of("uv", "run"),
          List.of("poetry", "run"),
          List.of("kubectl", "exec"));

  /// They start others by an option only.
  private static final Set<String> EXECUTORS = Set.of("find", "fd");

  private static final int MAX_WORDS = 256;
  private static final int MAX_LENGTH = 1 << 14;

  private BannedPrefixes() {}

  public static boolean isBanned(List<String> prefix) {
    return prefix.isEmpty()
        || prefix.size() > MAX_WORDS
        || prefix.stream().mapToLong(String::length).sum() > MAX_LENGTH
        || prefix.getFirst().isBlank()
        || prefix.stream().anyMatch(Deceptive::isIn)
        || isWide(prefix);
  }

  private static boolean isWide(List<String> words) {
    if (words.isEmpty()) {
      return true;
    }
    String name = SimpleCommand.baseName(words.getFirst());
    List<String> further = words.subList(1, words.size());
    if (Launchers.isInterpreter(name) || TOO_WIDE.contains(name)) {
      return isOptionsOnly(further) || isWideSubcommand(name, further);
    }
    if (EXECUTORS.contains(name)) {
      return further.stream().anyMatch(word -> EscapeOptions.isOption(name, word));
    }
    if (Launchers.isStarter(name)) {
      return isOpenEnded(further);
    }
    return isWideSubcommand(name, further);
  }

  /// Nobody knows here which options of a starter take the next word, so what may be its program is
  /// looked for in every place.
  private static boolean isOpenEnded(List<String> words) {
    List<String> started = started(words);
    int before = words.size() - started.size() - 1;
    boolean mayBeValue = started.size() == 1 && before >= 0 && words.get(before).startsWith("-");
    return mayBeValue
        || isWide(started)
        || IntStream.range(0, words.size())
            .anyMatch(start -> isWide(words.subList(start, words.size())));
  }

  private static boolean isOptionsOnly(List<String> words) {
    return words.stream().allMatch(word -> word.startsWith("-") || word.isBlank());
  }

  private static boolean isWideSubcommand(String name, List<String> further) {
    List<String> operands = further.stream().filter(word -> !word.startsWith("-")).toList();
    return operands.size() == 1 && WIDE_SUBCOMMANDS.contains(List.of(name, operands.getFirst()));
  }

  /// What a starter starts: without its options, assignments and numbers.
  private static List<String> started(List<String> words) {
    int start = 0;
    while (start < words.size() && isOwnWord(words.get(start))) {
      start++;
    }
    return words.subList(start, words.size());
  }

  private static boolean isOwnWord(String word) {
    return word.isBlank()
        || word.startsWith("-")
        || word.indexOf('=') >= 0
        || Character.isDigit(word.charAt(0));
  }
}
