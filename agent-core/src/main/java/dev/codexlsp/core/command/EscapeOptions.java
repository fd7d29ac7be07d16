package dev.codexlsp.core.command;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The options by which an otherwise ordinary program runs another one, or writes a file of the
/// caller's choice.
///
/// Who allows `git fetch` has not seen `git fetch --upload-pack=PROGRAM`. So a rule does not cover
/// such a word unless its own pattern reaches that far. The list cannot be complete; it is a second
/// fence, behind the one that the user chose by the words of the rule.
final class EscapeOptions {
  /// What one program takes.
  ///
  /// @param words long options (also abbreviated, also with `=value`) and subcommands
  /// @param letters short options, also within a cluster and with a value attached
  private record Escapes(Set<String> words, String letters) {}

  private static final Map<String, Escapes> ESCAPES =
      Map.ofEntries(
          Map.entry(
              "find",
              new Escapes(
                  Set.of(
                      "-exec",
                      "-execdir",
                      "-ok",
                      "-okdir",
                      "-delete",
                      "-fls",
                      "-fprint",
                      "-fprint0",
                      "-fprintf"),
                  "")),
          Map.entry("fd", new Escapes(Set.of("--exec", "--exec-batch"), "xX")),
          Map.entry("rg", new Escapes(Set.of("--pre", "--hostname-bin", "--search-zip"), "z")),
          Map.entry("ag", new Escapes(Set.of("--pager"), "")),
          Map.entry("sed", new Escapes(Set.of("--in-place", "--expression", "--file"), "ief")),
          Map.entry(
              "awk",
              new Escapes(Set.of("--file", "--include", "--load", "--exec", "--source"), "fileE")),
          Map.entry(
              "sort", new Escapes(Set.of("--output", "--compress-program", "--files0-from"), "o")),
          Map.entry(
              "tar",
              new Escapes(
                  Set.of(
                      "--to-command",
                      "--checkpoint-action",
                      "--use-compress-program",
                      "--rsh-command",
                      "--info-script",
                      "--new-volume-script",
                      "--rmt-command",
                      "--file",
                      "--files-from",
                      "--directory"),
                  "IFfCT")),
          Map.entry("rsync", new Escapes(Set.of("--rsh", "--rsync-path"), "e")),
          Map.entry("ssh", new Escapes(Set.of(), "oFEJw")),
          Map.entry("scp", new Escapes(Set.of(), "oFSJ")),
          Map.entry(
              "curl",
              new Escapes(
                  Set.of(
                      "--output",
                      "--output-dir",
                      "--config",
                      "--remote-name",
                      "--upload-file",
                      "--dump-header",
                      "--cookie-jar",
                      "--trace",
                      "--engine"),
                  "oOKTDc")),
          Map.entry(
              "wget",
              new Escapes(
                  Set.of(
                      "--output-document",
                      "--use-askpass",
                      "--execute",
                      "--output-file",
                      "--directory-prefix",
                      "--config"),
                  "OoPea")),
          Map.entry("man", new Escapes(Set.of("--pager", "--html", "--preprocessor"), "PHp")),
          Map.entry("zip", new Escapes(Set.of("--unzip-command"), "T")),
          Map.entry("go", new Escapes(Set.of("-exec", "-toolexec", "-vettool", "-o"), "")),
          Map.entry("cargo", new Escapes(Set.of("--config", "--manifest-path"), "C")),
          Map.entry(
              "make", new Escapes(Set.of("--file", "--makefile", "--directory", "--eval"), "fCE")),
          Map.entry("base64", new Escapes(Set.of("--output"), "o")),
          Map.entry("tree", new Escapes(Set.of("--output"), "o")),
          Map.entry("diff", new Escapes(Set.of("--output"), "o")),
          Map.entry("xxd", new Escapes(Set.of(), "r")));

  private static final Set<String> AWKS = Set.of("awk", "gawk", "mawk", "nawk", "original-awk");

  private static final Set<String> MAKES = Set.of("make", "gmake");

  private static final Set<String> SEDS = Set.of("sed", "gsed");

  private static final Set<String> READS_WORDS = Set.of("xargs", "gxargs", "parallel");

  private static final Set<String> SECOND_OPERAND_IS_WRITTEN = Set.of("uniq", "xxd");

  /// Words of an awk script that reach outside it.
  private static final Pattern AWK_ESCAPE = Pattern.compile("system|getline|[|>@]|ENVIRON");

  /// The only sed script that is known to print and do nothing else.
  static final Pattern SED_PRINTS = Pattern.compile("[0-9]{1,9}(,[0-9]{1,9})?p");

  private static final int SHORTEST_ABBREVIATION = 3;

  private EscapeOptions() {}

  /// Whether a word after the first `known` ones lets the command do something of another kind.
  static boolean areBeyond(int known, SimpleCommand command) {
    List<String> words = command.words();
    String name = command.name();
    // Further words come from its input, where nobody has seen them.
    if (READS_WORDS.contains(name)) {
      return words.stream().limit(known).skip(1).noneMatch(KnownSafeCommands::isSafeWithAnything);
    }
    if (known >= words.size()) {
      return false;
    }
    List<String> further = words.subList(known, words.size());
    if (Launchers.isShell(name)) {
      return known < 2 || words.get(1).startsWith("-");
    }
    if (name.equals("git")) {
      return GitEscapes.areBeyond(known, words);
    }
    if (AWKS.contains(name)) {
      return further.stream().anyMatch(word -> isOption("awk", word) || isAwkEscape(word));
    }
    if (SEDS.contains(name)) {
      return isSedEscape(words, known);
    }
    if (SECOND_OPERAND_IS_WRITTEN.contains(name) && operands(words) > 1) {
      return true;
    }
    // A variable of make may be its shell.
    if (MAKES.contains(name) && further.stream().anyMatch(word -> word.indexOf('=') >= 0)) {
      return true;
    }
    return further.stream().anyMatch(word -> isOption(name, word));
  }

  private static long operands(List<String> words) {
    return words.stream().skip(1).filter(word -> !word.startsWith("-")).count();
  }

  private static boolean isAwkEscape(String word) {
    return AWK_ESCAPE.matcher(word).find();
  }

  /// The script is the first operand; what comes after it are files, or options of any kind.
  private static boolean isSedEscape(List<String> words, int known) {
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("-")) {
        if (i >= known && !word.equals("-n")) {
          return true;
        }
      } else if (i >= known) {
        boolean isScript = words.subList(1, i).stream().allMatch(before -> before.startsWith("-"));
        if (isScript && !SED_PRINTS.matcher(word).matches()) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isOption(String name, String word) {
    Escapes escapes = ESCAPES.get(name);
    if (escapes == null) {
      return false;
    }
    String option = word.indexOf('=') > 0 ? word.substring(0, word.indexOf('=')) : word;
    if (escapes.words().contains(option)) {
      return true;
    }
    if (word.startsWith("--")) {
      return option.length() >= SHORTEST_ABBREVIATION
          && escapes.words().stream().anyMatch(known -> known.startsWith(option));
    }
    return word.startsWith("-")
        && word.chars().skip(1).anyMatch(letter -> escapes.letters().indexOf(letter) >= 0);
  }
}
