package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real shells say whether a script that we understand does exactly what we understood.
///
/// Mutations of harmless scripts go through the parser; those it understands are run where every
/// program is a recorder of its words. A script runs twice: with programs that succeed, so that
/// what follows `&&` runs, and with programs that fail, so that what follows `||` does. Together
/// they must have recorded what was parsed, and a recorder must be all that ran.
class ShellOracleTest {
  private static final int CASES = 4_000;
  private static final int CASES_OF_OTHER_SHELL = 100;
  private static final List<String> PROGRAMS = List.of("p", "q");

  private static final List<String> SCRIPTS =
      List.of(
          "p",
          "p a b",
          "p 'a b' \"c d\"",
          "p -x=1 'it' | q",
          "p a && q b || look c",
          "p a; q b",
          "p\nq\n",
          "look -n 1,5p src/a.txt | q",
          "p \"a\\nb\" 'c$d'",
          "p a'b'\"c\"",
          "p \\\n a",
          "x.y /a/b ../c",
          "p '' \"\"",
          "p a &&\nq",
          "q --glob '*.java' 'foo|bar'",
          "p é 'ü'");

  private static final List<String> PIECES =
      List.of(
          "'",
          "\"",
          "\\",
          "$",
          "`",
          "\n",
          "\r",
          "\t",
          " ",
          "#",
          "~",
          "{",
          "}",
          "*",
          "?",
          "[",
          "]",
          "!",
          "^",
          "=",
          "&",
          "|",
          ";",
          "<",
          ">",
          "(",
          ")",
          "%",
          "@",
          ":",
          ",",
          "+",
          "-",
          "a",
          "1",
          "é",
          "\u00A0",
          "\u202E",
          "$(q)",
          "`q`",
          "<(q)",
          "<<E\n",
          "<<<",
          "\\\n",
          "$'q'",
          "$\"q\"",
          "&&",
          "||",
          "|&",
          "&>",
          "2>",
          ";;",
          "A=b ",
          "p",
          "q",
          "if ",
          " then ",
          "{a,b}",
          "{1..2}",
          "''",
          "\"\"",
          "\\\\",
          "\\\"",
          "\\'",
          "\u000B",
          "\f",
          "time ",
          "! ",
          "-- ",
          "a=",
          "=p",
          "$x",
          "${x}",
          "\\$",
          "~/",
          "[a]",
          "p()",
          "function ",
          "coproc ",
          "\\q");

  @TempDir Path folder;

  @Test
  void bashExecutesTheWordsThatWereParsed() throws Exception {
    Random random = new Random(20_260_101);
    List<String> scripts = new ArrayList<>(SCRIPTS);
    for (int i = 0; i < CASES; i++) {
      String script = mutated(random);
      List<SimpleCommand> parsed = ShellParser.parseScript(script);
      // What is named by a path is not looked up, so nobody could record it.
      if (parsed != null && parsed.stream().noneMatch(c -> c.program().contains("/"))) {
        scripts.add(script);
      }
    }
    assertThat(scripts).as("understood mutations").hasSizeGreaterThan(CASES / 10);
    Path input = folder.resolve("scripts");
    Files.writeString(input, String.join("\0", scripts) + "\0");
    List<List<List<String>>> succeeding = runAll(input, 0);
    List<List<List<String>>> failing = runAll(input, 1);
    assertThat(succeeding).hasSameSizeAs(scripts);
    assertThat(failing).hasSameSizeAs(scripts);
    for (int i = 0; i < scripts.size(); i++) {
      check(scripts.get(i), succeeding.get(i), failing.get(i));
    }
    assertThat(folder.resolve("here")).as("nothing was written").isEmptyDirectory();
  }

  /// Another shell reads its scripts as `-c SCRIPT`, one process each, so these are fewer.
  @Test
  void anotherShellAgrees() throws Exception {
    Random random = new Random(7);
    int checked = 0;
    while (checked < CASES_OF_OTHER_SHELL) {
      String script = mutated(random);
      List<SimpleCommand> parsed = ShellParser.parseScript(script);
      if (parsed != null && parsed.stream().allMatch(ShellOracleTest::canBeRecorded)) {
        check(script, runOne(script, 0), runOne(script, 1));
        checked++;
      }
    }
    assertThat(folder.resolve("here")).as("nothing was written").isEmptyDirectory();
  }

  /// That shell writes a line end by itself, so two commands could mix their records.
  private static boolean canBeRecorded(SimpleCommand command) {
    return PROGRAMS.contains(command.program())
        && command.words().stream().noneMatch(word -> word.contains("\n"));
  }

  private static void check(String script, List<List<String>> ok, List<List<String>> failed) {
    List<List<String>> parsed =
        Objects.requireNonNull(ShellParser.parseScript(script)).stream()
            .map(SimpleCommand::words)
            .toList();
    Set<List<String>> ran = new HashSet<>(ok);
    ran.addAll(failed);
    assertThat(ran).as("of %s", script).isEqualTo(new HashSet<>(parsed));
    assertThat(ok.size()).as("runs of %s", script).isLessThanOrEqualTo(parsed.size());
    assertThat(failed.size()).as("runs of %s", script).isLessThanOrEqualTo(parsed.size());
  }

  private static String mutated(Random random) {
    StringBuilder script = new StringBuilder(SCRIPTS.get(random.nextInt(SCRIPTS.size())));
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int place = random.nextInt(script.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> script.delete(place, Math.min(script.length(), place + 1 + random.nextInt(2)));
        case 1 -> script.insert(place, SCRIPTS.get(random.nextInt(SCRIPTS.size())));
        default -> script.insert(place, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return script.toString();
  }

  /// What each script made run, in one shell for all of them.
  private List<List<List<String>>> runAll(Path input, int status) throws Exception {
    Path here = Files.createDirectories(folder.resolve("here"));
    Path records = folder.resolve("records" + status);
    String driver =
        """
        exec 3<"$1" 4>>"$2"
        command_not_found_handle() {
          local IFS=$'\\1' words
          words="$*"
          printf '%s\\2' "${words//$'\\n'/$'\\4'}" >&4
          return "$STATUS"
        }
        while IFS= read -r -d '' -u 3 script; do
          (cd "$HOME"; eval "$script") </dev/null >/dev/null 2>&1 3<&-
          printf '\\3' >&4
        done
        """;
    run(
        here,
        status,
        List.of("/bin/bash", "--norc", "-c", driver, "bash", input.toString(), records.toString()));
    return split(Files.readString(records));
  }

  private List<List<String>> runOne(String script, int status) throws Exception {
    Path here = Files.createDirectories(folder.resolve("here"));
    Path records = folder.resolve("record");
    String functions =
        """
        exec 4>>'%s'
        r() { (IFS='%s'; printf '%%s\\2' "$*" >&4); return "$STATUS"; }
        p() { r p "$@"; }
        q() { r q "$@"; }
        """
            .formatted(records, "\1");
    run(here, status, List.of("/bin/sh", "-c", functions + script + "\n:"));
    List<List<String>> found = commands(Files.readString(records));
    Files.delete(records);
    return found;
  }

  private static void run(Path here, int status, List<String> argv) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(argv).directory(here.toFile());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/nonexistent");
    environment.put("HOME", here.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("STATUS", String.valueOf(status));
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  /// Words end with 1, commands with 2, scripts with 3, and 4 is a line end: one write per command,
  /// because those of a pipeline write at the same time.
  private static List<List<List<String>>> split(String records) {
    return Arrays.stream(records.split("\3", -1))
        .limit(records.chars().filter(c -> c == 3).count())
        .map(ShellOracleTest::commands)
        .toList();
  }

  private static List<List<String>> commands(String records) {
    return Arrays.stream(records.split("\2"))
        .filter(record -> !record.isEmpty())
        .map(record -> List.of(record.replace('\4', '\n').split("\1", -1)))
        .toList();
  }
}
