package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.command.Verdict.Match;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRulesTest {
  private static CommandRules rules(String... lines) throws RuleSyntaxException {
    return CommandRules.of(RuleFileParser.parse(String.join("\n", lines)));
  }

  private static Verdict evaluate(CommandRules rules, String script) {
    return rules.evaluate(ShellParser.parse(List.of("/bin/bash", "-lc", script)));
  }

  @Test
  void nothingIsDecidedWithoutARule() {
    assertThat(evaluate(CommandRules.NONE, "ls")).isEqualTo(new Verdict(null, false, List.of()));
  }

  @Test
  void theStrictestSegmentDecidesAndSaysWhy() throws Exception {
    CommandRules rules =
        rules(
            "prefix_rule(pattern=['git'], decision='allow')",
            "prefix_rule(pattern=['git', ['push', 'tag']], decision='prompt', justification='p')",
            "prefix_rule(pattern=['git', 'push', '-f'], decision='forbidden', justification='f')");
    Match git = new Match(List.of("git"), RuleDecision.ALLOW, null);
    Match push = new Match(List.of("git", "push"), RuleDecision.PROMPT, "p");
    assertThat(evaluate(rules, "git log"))
        .isEqualTo(new Verdict(RuleDecision.ALLOW, true, List.of(git)));
    assertThat(evaluate(rules, "git push"))
        .isEqualTo(new Verdict(RuleDecision.PROMPT, false, List.of(push, git)));
    Verdict forbidden = evaluate(rules, "git log && git push -f");
    assertThat(forbidden)
        .isEqualTo(
            new Verdict(
                RuleDecision.FORBIDDEN,
                false,
                List.of(
                    git,
                    push,
                    new Match(List.of("git", "push", "-f"), RuleDecision.FORBIDDEN, "f"))));
    assertThat(forbidden.justification()).isEqualTo("f");
    assertThat(evaluate(rules, "git log && ls"))
        .as("one segment without a rule")
        .isEqualTo(new Verdict(null, false, List.of(git)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "FORBIDDEN → git push",
        "FORBIDDEN → ls; git push origin",
        "FORBIDDEN → /usr/bin/git push",
        "FORBIDDEN → ./git push",
        "FORBIDDEN → git push > a",
        "FORBIDDEN → A=b git push",
        "FORBIDDEN → if true; then git push; fi",
        "FORBIDDEN → echo $(git push)",
        "FORBIDDEN → echo \"`git push`\"",
        "FORBIDDEN → sudo git push",
        "FORBIDDEN → env A=b git push",
        "FORBIDDEN → timeout 5 nice git push",
        "FORBIDDEN → bash -c 'git push'",
        "FORBIDDEN → bash -c 'A=b git push'",
        "FORBIDDEN → xargs git push",
        "FORBIDDEN → find . -exec git push ';'",
        "FORBIDDEN → eval 'git push'",
        "FORBIDDEN → g'i't p\\ush",
        "FORBIDDEN → cat <<E | bash\\ngit push\\nE",
        "null      → git pull",
        "null      → echo 'git push'",
        "null      → git log --grep 'git push'",
      })
  void whatRestrictsIsReadWidely(String expected, String script) throws Exception {
    CommandRules rules = rules("prefix_rule(pattern=['git', 'push'], decision='forbidden')");
    Verdict verdict = evaluate(rules, script.replace("\\n", "\n"));
    assertThat(String.valueOf(verdict.decision())).isEqualTo(expected.strip());
  }

  @Test
  void oneAnswerCoversEveryVariantOfItsWords() throws Exception {
    List<String> approved = List.of("npm", "run", "build");
    CommandRules rules = CommandRules.NONE.allowing(approved);
    for (String variant :
        List.of(
            "npm run build",
            "npm  run\tbuild",
            "npm run build --silent",
            "npm 'run' \"build\"",
            "npm run build && npm run build -- -x",
            "npm run \\\n  build",
            "bash -lc 'npm run build'",
            "sh -c \"bash -c 'npm run build'\"")) {
      assertThat(evaluate(rules, variant).mayRunUnconfined()).as(variant).isTrue();
    }
    assertThat(rules.evaluate(ShellParser.parse(approved)).mayRunUnconfined()).isTrue();
    for (String miss :
        List.of(
            "npm run",
            "npm run builds",
            "npm run test",
            "npm --x run build",
            "npm run build; ls",
            "npm run build > a",
            "A=b npm run build",
            "npm run $X",
            "pnpm run build",
            "./npm run build")) {
      assertThat(evaluate(rules, miss).decision()).as(miss).isNull();
    }
  }

  /// The whole text was seen, so it need not be asked again; but nobody knows what it starts.
  @Test
  void whatIsNotUnderstoodIsAllowedInFullOnlyAndStaysConfined() {
    List<String> argv = List.of("/bin/bash", "-lc", "echo hi > f");
    CommandRules rules = CommandRules.NONE.allowing(argv);
    assertThat(rules.evaluate(ShellParser.parse(argv)))
        .isEqualTo(
            new Verdict(
                RuleDecision.ALLOW, false, List.of(new Match(argv, RuleDecision.ALLOW, null))));
    assertThat(evaluate(rules, "echo hi > g").decision()).isNull();
    CommandRules wide = CommandRules.NONE.allowing(List.of("/bin/bash", "-lc"));
    assertThat(evaluate(wide, "echo hi > f").decision()).isNull();
  }

  @Test
  void aScriptInAnotherShellStaysConfined() {
    for (List<String> argv :
        List.of(List.of("fish", "-c", "./a"), List.of("bash", "--norc", "-c", "./a"))) {
      Verdict verdict = CommandRules.NONE.allowing(argv).evaluate(ShellParser.parse(argv));
      assertThat(verdict)
          .isEqualTo(
              new Verdict(
                  RuleDecision.ALLOW, false, List.of(new Match(argv, RuleDecision.ALLOW, null))));
    }
  }

  @Test
  void aPathIsItsNameOnlyWhereTheUserSaysSo() throws Exception {
    CommandRules rules =
        rules(
            "prefix_rule(pattern=['git', 'status'])",
            "prefix_rule(pattern=['/opt/x'])",
            "host_executable(name='git', paths=['/usr/bin/git'])");
    assertThat(evaluate(rules, "/usr/bin/git status").decision()).isEqualTo(RuleDecision.ALLOW);
    assertThat(evaluate(rules, "/opt/x a").decision()).isEqualTo(RuleDecision.ALLOW);
    assertThat(evaluate(rules, "/tmp/git status").decision()).isNull();
    assertThat(evaluate(rules, "/usr/bin/../bin/git status").decision()).isNull();
  }

  @Test
  void withoutAllowsTheRestrictionsStay() throws Exception {
    CommandRules rules =
        rules(
                "prefix_rule(pattern=['ls'])",
                "prefix_rule(pattern=['rm'], decision='prompt')",
                "host_executable(name='git', paths=['/usr/bin/git'])",
                "network_rule('a', 'http', 'allow')",
                "network_rule('b', 'http', 'deny')")
            .withoutAllows();
    assertThat(rules.rules())
        .containsExactly(
            new Rule.Prefix(List.of(List.of("rm")), RuleDecision.PROMPT, null),
            new Rule.Network("b", Rule.Protocol.HTTP, RuleDecision.FORBIDDEN, null));
    assertThat(rules.networkRules()).hasSize(1);
  }

  @Test
  void deepNestingIsNotAllowed() {
    CommandRules rules = CommandRules.NONE.allowing(List.of("ls"));
    String script = "ls";
    for (int i = 0; i < 3; i++) {
      script = "bash -c '" + script.replace("'", "'\\''") + "'";
    }
    assertThat(evaluate(rules, script).decision()).isNull();
  }

  @Test
  void manyNestedTextsAreBounded() {
    CommandRules rules = CommandRules.NONE.allowing(List.of("ls"));
    String bomb = "$(".repeat(5000) + "ls" + ")".repeat(5000);
    assertThat(evaluate(rules, bomb).decision()).isNull();
    assertThat(evaluate(rules, "sudo " + "sudo ".repeat(5000) + "ls").decision()).isNull();
  }
}
