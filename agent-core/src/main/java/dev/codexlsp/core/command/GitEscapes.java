package dev.codexlsp.core.command;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ways to make git run a program, or write a file, that its subcommand does not tell.
final class GitEscapes {
  /// Also abbreviated, as git takes them.
  private static final Set<String> LONG =
      Set.of(
          "--config-env",
          "--exec-path",
          "--git-dir",
          "--work-tree",
          "--upload-pack",
          "--receive-pack",
          "--exec",
          "--output",
          "--output-directory",
          "--ext-diff",
          "--textconv",
          "--open-files-in-pager",
          "--extcmd",
          "--template",
          "--config",
          "--separate-git-dir",
          "--remote",
          "--super-prefix",
          "--namespace",
          "--smtp-server",
          "--to-cmd",
          "--cc-cmd");

  /// Short options that mean such a thing to one subcommand only.
  private static final Map<String, String> SHORT =
      Map.of(
          "clone", "uc",
          "grep", "O",
          "rebase", "x",
          "archive", "o",
          "format-patch", "o",
          "ls-remote", "u");

  /// Subcommands that run their arguments or write the configuration.
  private static final Set<String> RUNNERS =
      Set.of(
          "bisect",
          "config",
          "credential",
          "daemon",
          "difftool",
          "filter-branch",
          "for-each-repo",
          "hook",
          "instaweb",
          "maintenance",
          "mergetool",
          "submodule",
          "upload-pack",
          "receive-pack",
          "remote-ext",
          "remote-fd",
          "shell",
          "send-email",
          "var");

  private static final int SHORTEST_ABBREVIATION = 3;

  private GitEscapes() {}

  static boolean areBeyond(int known, List<String> words) {
    int place = 1;
    while (place < words.size() && words.get(place).startsWith("-")) {
      if (place >= known && !isHarmlessGlobal(words.get(place))) {
        return true;
      }
      place++;
    }
    if (place >= words.size()) {
      return false;
    }
    String subcommand = words.get(place);
    if (place >= known && RUNNERS.contains(subcommand)) {
      return true;
    }
    return words.stream()
        .skip(Math.max(known, place + 1))
        .anyMatch(word -> isOne(subcommand, word));
  }

  private static boolean isHarmlessGlobal(String word) {
    return word.equals("--no-pager") || word.equals("--version") || word.equals("-P");
  }

  private static boolean isOne(String subcommand, String word) {
    if (word.startsWith("--")) {
      String option = word.indexOf('=') > 0 ? word.substring(0, word.indexOf('=')) : word;
      return option.length() >= SHORTEST_ABBREVIATION
          && LONG.stream().anyMatch(known -> known.startsWith(option));
    }
    if (word.startsWith("-")) {
      String letters = SHORT.getOrDefault(subcommand, "");
      return word.chars().anyMatch(letter -> letters.indexOf(letter) >= 0);
    }
    // A remote that is reached by a command.
    return word.contains("ext::") || word.contains("fd::");
  }
}
