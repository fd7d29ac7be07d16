package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The original reads the same rule files and decides the same. Needs its binary:
/// `-Dcodex.peer=FILE`.
@Tag("peer")
class PeerRulesTest {
  @TempDir Path folder;

  /// Its word: a decision, `null` without a rule, `broken` for a file that it refuses.
  private String theirs(String rules, List<String> argv) throws Exception {
    String binary = System.getProperty("codex.peer", "");
    assertThat(binary).as("the original's binary, to be given as -Dcodex.peer=FILE").isNotEmpty();
    Path file = Files.writeString(folder.resolve("a.rules"), rules);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binary, "execpolicy", "check", "--rules", file.toString(), "--"));
    command.addAll(argv);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CODEX_HOME", folder.toString());
    Process process = builder.start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    if (process.exitValue() != 0) {
      return "broken";
    }
    for (RuleDecision decision : RuleDecision.values()) {
      if (answer.endsWith("\"decision\":\"" + decision.name().toLowerCase(Locale.ROOT) + "\"}")) {
        return decision.name();
      }
    }
    return "null";
  }

  private static String ours(String rules, List<String> argv) {
    try {
      CommandRules read = CommandRules.of(RuleFileParser.parse(rules));
      return String.valueOf(read.evaluate(ShellParser.parse(argv)).decision());
    } catch (RuleSyntaxException broken) {
      return "broken";
    }
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "prefix_rule(pattern=['git',['status','log']], decision='allow', justification='why') → git"
            + " log -1",
        "prefix_rule(['git'], 'allow') → git",
        "prefix_rule(pattern=['git']) → git status",
        "prefix_rule(pattern=['git']) → hg",
        "prefix_rule(decision='prompt', pattern=['git',],) → git",
        "prefix_rule(pattern=('git',), decision='allow') → git",
        "prefix_rule(pattern=['git'], decision='forbidden') → git",
        "prefix_rule(pattern=[\"\"\"git\"\"\"]) → git",
        "prefix_rule(pattern=[['git','hg'],['a','b']]) → hg b c",
        "prefix_rule(pattern=[]) → git",
        "prefix_rule(pattern=[[]]) → git",
        "prefix_rule(pattern=['']) → git",
        "prefix_rule(pattern='git') → git",
        "prefix_rule(pattern=['git status']) → git status",
        "prefix_rule(pattern=['git',1]) → git",
        "prefix_rule(pattern=['git'], decision='Allow') → git",
        "prefix_rule(pattern=['git'], decision='deny') → git",
        "prefix_rule(pattern=['git'], justification='') → git",
        "prefix_rule(pattern=['git'], match=['git status', ['git','log']], not_match=['hg']) → git",
        "prefix_rule(pattern=['git'], match=['hg']) → git",
        "prefix_rule(pattern=['git'], not_match=['git x']) → git",
        "prefix_rule(pattern=['git'], match=[\"git 'a b'\"]) → git",
        "prefix_rule(pattern=['git'], match=[\"git 'a\"]) → git",
        "prefix_rule(pattern=['git'], match=['']) → git",
        "prefix_rule(pattern=['git'], match=[[]]) → git",
        "prefix_rule(pattern=['git'], match=[]) → git",
        "prefix_rule(pattern=['git'], foo='1') → git",
        "prefix_rule(pattern=['git'], pattern=['x']) → git",
        "foo('a') → git",
        "prefix_rule(pattern=['git']);prefix_rule(pattern=['git','a'], decision='prompt') → git a",
        "prefix_rule(pattern=['git']) prefix_rule(pattern=['a']) → git",
        "# c¶prefix_rule( # c¶  pattern = [ # x¶ 'git', # y¶ ], decision = 'allow' )# z → git a",
        "prefix_rule(pattern=['\\x67it']) → git",
        "prefix_rule(pattern=['\\u0067it']) → git",
        "prefix_rule(pattern=[r'git']) → git",
        "prefix_rule(pattern=[b'git']) → git",
        "prefix_rule(pattern=['a' 'b']) → ab",
        "prefix_rule(pattern=['a¶b']) → ab",
        "prefix_rule(pattern=['a\\¶b']) → ab",
        "prefix_rule(pattern=['git'], decision=None) → git",
        "'text'¶prefix_rule(pattern=['git']) → git",
        "load('x','y') → git",
        "  prefix_rule(pattern=['git']) → git",
        "prefix_rule¶(pattern=['git']) → git",
        "prefix_rule(pattern=['git']) \\¶ → git",
        "\uFEFFprefix_rule(pattern=['git']) → git",
        "prefix_rule(pattern=['git'])¶prefix_rule(pattern=['git','a'], decision='forbidden') → git"
            + " a",
        "prefix_rule(pattern=['git']) → /usr/bin/git",
        "prefix_rule(pattern=['git']) → env git",
        "prefix_rule(pattern=['/usr/bin/git']) → /usr/bin/git x",
        "network_rule(host='a.com', protocol='https', decision='allow') → git",
        "network_rule('a.com','https','allow','why') → git",
        "network_rule(host='a.com', protocol='http', decision='deny') → git",
        "network_rule(host='a.com', protocol='tcp', decision='prompt') → git",
        "network_rule(host='a.com', protocol='socks5_tcp', decision='prompt') → git",
        "network_rule(host='*', protocol='https', decision='allow') → git",
        "network_rule(host='http://a.com', protocol='https', decision='allow') → git",
        "network_rule(host='a.com:443', protocol='https', decision='allow') → git",
        "network_rule(host='', protocol='https', decision='allow') → git",
        "network_rule(host='a b', protocol='https', decision='allow') → git",
        "network_rule(host='a.com', protocol='https_connect', decision='allow') → git",
        "network_rule(host='a.com', protocol='https') → git",
        "host_executable(name='git', paths=['git']) → git",
        "host_executable(name='git', paths=['/usr/bin/hg']) → git",
        "host_executable(name='a/git', paths=['/usr/bin/git']) → git",
        "host_executable(name='', paths=['/usr/bin/git']) → git",
        "host_executable(name='git', paths=[]) → git",
        "host_executable('git', ['/usr/bin/git']) → git",
      })
  void bothDecideTheSame(String rules, String argv) throws Exception {
    String text = rules.replace("¶", "\n");
    List<String> words = List.of(argv.split(" "));
    assertThat(ours(text, words)).isEqualTo(theirs(text, words));
  }

  /// What of the language is more than calls is refused, a listed path is the program, and a
  /// further word that starts another program is not covered.
  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "x = ['git']¶prefix_rule(pattern=x) → git → ALLOW → broken",
        "prefix_rule(pattern=['g'+'it']) → git → ALLOW → broken",
        "prefix_rule(pattern=[x for x in ['git']]) → git → ALLOW → broken",
        "pass → git → null → broken",
        "prefix_rule(pattern=['g\\qit']) → git → null → broken",
        "prefix_rule(pattern=['\\147it']) → git → ALLOW → broken",
        "host_executable('git', ['/a/git'])¶prefix_rule(['git']) → /a/git → null → ALLOW",
        "prefix_rule(['git'], 'forbidden') → /usr/bin/git → null → FORBIDDEN",
        "prefix_rule(['git'], 'forbidden') → sudo git → null → FORBIDDEN",
        "prefix_rule(['git', 'fetch']) → git fetch --upload-pack=x → ALLOW → null",
        "prefix_rule(['find']) → find . -delete → ALLOW → null",
        "prefix_rule(['ls']) → bash -lc ls → null → ALLOW",
      })
  void knownDifferences(String rules, String argv, String theirs, String ours) throws Exception {
    String text = rules.replace("¶", "\n");
    List<String> words = List.of(argv.split(" "));
    assertThat(theirs(text, words)).isEqualTo(theirs);
    assertThat(ours(text, words)).isEqualTo(ours);
  }
}
