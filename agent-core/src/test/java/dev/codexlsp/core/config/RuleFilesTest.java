package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.command.Rule;
import dev.codexlsp.core.command.RuleDecision;
import dev.codexlsp.exec.local.AdvisoryLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
  private static final String TOUCH = "prefix_rule(pattern=[\"touch\"], decision=\"allow\")\n";

  @TempDir Path folder;
  Path home;
  Path rules;
  RuleFiles files;

  @BeforeEach
  void open() {
    home = folder.resolve("home");
    rules = home.resolve("rules");
    files = new RuleFiles(home);
  }

  private void write(String name, String text) throws Exception {
    Files.createDirectories(rules);
    Files.writeString(rules.resolve(name), text);
  }

  private static Rule.Prefix rule(String word, RuleDecision decision) {
    return new Rule.Prefix(List.of(List.of(word)), decision, null);
  }

  @Test
  void noFolderIsNoRules() {
    assertThat(files.load().rules().rules()).isEmpty();
    assertThat(files.load().warnings()).isEmpty();
  }

  @Test
  void filesAreReadInTheOrderOfTheirNames() throws Exception {
    write("b.rules", "prefix_rule(pattern=['b'])");
    write("a.rules", "prefix_rule(pattern=['a'], decision='prompt')");
    write("a.txt", "no rules");
    assertThat(files.load().rules().rules())
        .containsExactly(rule("a", RuleDecision.PROMPT), rule("b", RuleDecision.ALLOW));
  }

  /// It may have forbidden what the others allow.
  @Test
  void aBrokenFileLeavesNothingAllowed() throws Exception {
    write("a.rules", "prefix_rule(pattern=['a'])\nprefix_rule(pattern=['b'], decision='prompt')");
    write("b.rules", "prefix_rule(pattern=['c'])\n\noops()");
    RuleFiles.Loaded loaded = files.load();
    assertThat(loaded.rules().rules()).containsExactly(rule("b", RuleDecision.PROMPT));
    assertThat(loaded.warnings())
        .containsExactly(rules.resolve("b.rules") + ":3: unexpected 'oops'");
  }

  @Test
  void everyBrokenFileIsTold() throws Exception {
    write("a.rules", "x");
    write("b.rules", "#" + "x".repeat(1 << 20));
    Files.createDirectories(rules.resolve("c.rules"));
    Files.write(rules.resolve("d.rules"), new byte[] {(byte) 0xFF});
    assertThat(files.load().warnings())
        .containsExactly(
            rules.resolve("a.rules") + ":1: unexpected 'x'",
            rules.resolve("b.rules") + ": is larger than 1048576 bytes",
            rules.resolve("c.rules") + ": is not a file",
            rules.resolve("d.rules") + ": is not UTF-8");
  }

  @Test
  void theFirstRuleMakesAPrivateFile() throws Exception {
    files.append(List.of("touch"));
    Path file = rules.resolve("default.rules");
    assertThat(file).hasContent(TOUCH);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rules)))
        .isEqualTo("rwx------");
    assertThat(files.load().rules().rules()).containsExactly(rule("touch", RuleDecision.ALLOW));
  }

  @Test
  void whatIsThereStays() throws Exception {
    write("default.rules", "# mine\nprefix_rule(pattern=['a'])  # no line end");
    files.append(List.of("touch"));
    files.append(List.of("touch"));
    assertThat(rules.resolve("default.rules"))
        .hasContent("# mine\nprefix_rule(pattern=['a'])  # no line end\n" + TOUCH);
  }

  @Test
  void aLinkedFileStaysALink() throws Exception {
    Path target = folder.resolve("dotfiles.rules");
    Files.createDirectories(rules);
    Files.writeString(target, "# mine\n");
    Files.createSymbolicLink(rules.resolve("default.rules"), target);
    files.append(List.of("touch"));
    assertThat(target).hasContent("# mine\n" + TOUCH);
    assertThat(rules.resolve("default.rules")).isSymbolicLink();
  }

  @Test
  void everyWordIsReadBackAsItWas() throws Exception {
    List<String> words =
        List.of("a b", "q\"'", "back\\slash\\n", "line\nend", "tab\t", "é", "$x", "");
    files.append(words);
    assertThat(files.load().rules().rules()).containsExactly(Rule.Prefix.allow(words));
  }

  @Test
  void aBannedPrefixIsNotWritten() {
    assertThatThrownBy(() -> files.append(List.of("bash", "-lc")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a rule must not allow [bash, -lc]");
    assertThat(home).doesNotExist();
  }

  @Test
  void manyWritersLoseNothing() throws Exception {
    int writers = 16;
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      String program = "p" + i % 8;
      tasks.add(() -> {
        new RuleFiles(home).append(List.of(program));
        return null;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
    assertThat(files.load().warnings()).isEmpty();
    assertThat(files.load().rules().rules())
        .containsExactlyInAnyOrderElementsOf(
            List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7").stream()
                .map(word -> rule(word, RuleDecision.ALLOW))
                .toList());
  }

  @Test
  void aFileThatSomebodyHoldsIsGivenUp() throws Exception {
    write("default.rules", "");
    Path file = rules.resolve("default.rules");
    try (AdvisoryLock _ = AdvisoryLock.tryAcquire(file, AdvisoryLock.Mode.EXCLUSIVE)) {
      assertThatThrownBy(() -> files.append(List.of("touch")))
          .hasMessage(file + ": cannot be written: another process holds " + file);
    }
    assertThat(file).isEmptyFile();
  }

  @Test
  void whatCannotBeWrittenIsSaid() throws Exception {
    Files.createDirectories(rules.resolve("default.rules"));
    assertThatThrownBy(() -> files.append(List.of("touch")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(rules.resolve("default.rules") + ": cannot be written: ");
  }
}
