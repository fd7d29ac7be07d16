package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmendmentProposalTest {
  private static @Nullable List<String> propose(
      String script, CommandRules rules, @Nullable List<String> wish) {
    return AmendmentProposal.propose(
        ShellParser.parse(List.of("/bin/bash", "-lc", script)), rules, wish);
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "touch a b            → none                 → touch·a·b",
        "mkdir /etc && rmdir x → mkdir·/etc          → mkdir·/etc",
        "mkdir /etc && mkdir x → mkdir               → mkdir",
        "npm run build && npm test → npm             → npm",
        "ls && npm test       → npm                  → npm",
        "ls && npm test       → none                 → npm·test",
        "ls > a               → none                 → /bin/bash·-lc·ls > a",
        "ls > a               → ls                   → /bin/bash·-lc·ls > a",
        "python3 x.py         → python3              → python3·x.py",
        "python3 x.py         → python3·x.py         → python3·x.py",
        "bash -c ls           → bash·-c              → none",
        "git status           → git                  → git·status",
        "ls | xargs rg foo     → none                 → none",
        "ls | xargs wc         → none                 → xargs·wc",
        "bash -lc 'wc a'       → none                 → bash·-lc·wc a",
        "git push             → none                 → none",
        "ls                   → none                 → none",
        "ls\u202E             → none                 → none",
        "python3              → none                 → none",
      })
  void proposals(String script, String wish, String expected) throws Exception {
    CommandRules rules =
        CommandRules.of(
            RuleFileParser.parse(
                """
                prefix_rule(pattern=["ls"])
                prefix_rule(pattern=["git", "push"], decision="prompt")
                """));
    assertThat(propose(script.strip(), rules, words(wish))).isEqualTo(words(expected));
  }

  private static @Nullable List<String> words(String text) {
    String words = text.strip();
    return words.equals("none") ? null : List.of(words.split("·"));
  }

  @Test
  void onceAddedTheRuleCoversItsSegment() {
    for (String script :
        List.of("touch a", "ls > a", "npm run x", "find . -name a", "git log -1")) {
      List<String> words = propose(script, CommandRules.NONE, null);
      assertThat(words).as(script).isNotNull();
      CommandRules more = CommandRules.NONE.allowing(Objects.requireNonNull(words));
      assertThat(propose(script, more, null)).as(script).isNull();
    }
  }

  @Test
  void nothingOfNothing() {
    assertThat(
            AmendmentProposal.propose(ShellParser.parse(List.of()), CommandRules.NONE, List.of()))
        .isNull();
  }
}
