package dev.codexlsp.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.ApprovalRules.Facts;
import dev.codexlsp.core.approval.ApprovalRules.Verdict;
import dev.codexlsp.core.command.RuleDecision;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of decisions: policy x what is known of the command.
class ApprovalRulesTest {
  private static final ApprovalPolicy ALL =
      new ApprovalPolicy.Granular(true, true, true, true, true);
  private static final ApprovalPolicy NOTHING =
      new ApprovalPolicy.Granular(false, false, false, false, false);

  private static final Verdict CONFINED = new Verdict.Run(true);
  private static final Verdict FREE = new Verdict.Run(false);
  private static final Verdict ASK = new Verdict.Ask(true, null);
  private static final Verdict ASK_TO_LEAVE = new Verdict.Ask(false, null);

  private static Facts facts(@Nullable RuleDecision decision) {
    return new Facts(rules(decision, true, null), null, false, false, false, true);
  }

  private static dev.codexlsp.core.command.Verdict rules(
      @Nullable RuleDecision decision, boolean isUnderstood, @Nullable String justification) {
    List<dev.codexlsp.core.command.Verdict.Match> matches =
        decision == null
            ? List.of()
            : List.of(
                new dev.codexlsp.core.command.Verdict.Match(
                    List.of("ls"), decision, justification));
    return new dev.codexlsp.core.command.Verdict(
        decision, isUnderstood && decision == RuleDecision.ALLOW, matches);
  }

  private static Facts dangerous(boolean isEscalated) {
    return new Facts(rules(null, true, null), null, true, false, isEscalated, true);
  }

  private static Facts escalated(boolean isLimited) {
    return new Facts(rules(null, true, null), null, false, false, true, isLimited);
  }

  private static Facts harmless() {
    return new Facts(rules(null, true, null), null, false, true, false, true);
  }

  private static Facts objectedTo() {
    return new Facts(rules(RuleDecision.ALLOW, true, null), "planted", false, false, false, true);
  }

  private static Facts allowedAsAWhole(boolean isEscalated) {
    return new Facts(rules(RuleDecision.ALLOW, false, null), null, false, false, isEscalated, true);
  }

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of("plain, untrusted", ApprovalPolicy.UNTRUSTED, facts(null), ASK),
        Arguments.of("plain, on request", ApprovalPolicy.ON_REQUEST, facts(null), CONFINED),
        Arguments.of("plain, granular", NOTHING, facts(null), CONFINED),
        Arguments.of("plain, never", ApprovalPolicy.NEVER, facts(null), CONFINED),
        Arguments.of("harmless, untrusted", ApprovalPolicy.UNTRUSTED, harmless(), CONFINED),
        Arguments.of("dangerous, untrusted", ApprovalPolicy.UNTRUSTED, dangerous(false), ASK),
        Arguments.of("dangerous, on request", ApprovalPolicy.ON_REQUEST, dangerous(false), ASK),
        Arguments.of("dangerous, granular", NOTHING, dangerous(false), ASK),
        Arguments.of(
            "dangerous and escalated", ApprovalPolicy.ON_REQUEST, dangerous(true), ASK_TO_LEAVE),
        Arguments.of(
            "escalated, untrusted", ApprovalPolicy.UNTRUSTED, escalated(true), ASK_TO_LEAVE),
        Arguments.of(
            "escalated, on request", ApprovalPolicy.ON_REQUEST, escalated(true), ASK_TO_LEAVE),
        Arguments.of("escalated, granular with", ALL, escalated(true), ASK_TO_LEAVE),
        Arguments.of(
            "nothing to escalate from", ApprovalPolicy.ON_REQUEST, escalated(false), CONFINED),
        Arguments.of(
            "allowed, untrusted", ApprovalPolicy.UNTRUSTED, facts(RuleDecision.ALLOW), FREE),
        Arguments.of("allowed, never", ApprovalPolicy.NEVER, facts(RuleDecision.ALLOW), FREE),
        Arguments.of(
            "allowed but planted",
            ApprovalPolicy.ON_REQUEST,
            objectedTo(),
            new Verdict.Ask(false, "planted")),
        Arguments.of("allowed but planted, never", ApprovalPolicy.NEVER, objectedTo(), CONFINED),
        Arguments.of(
            "allowed as a whole, not understood",
            ApprovalPolicy.UNTRUSTED,
            allowedAsAWhole(false),
            CONFINED),
        Arguments.of(
            "the same, escalated", ApprovalPolicy.UNTRUSTED, allowedAsAWhole(true), ASK_TO_LEAVE),
        Arguments.of(
            "prompted, on request", ApprovalPolicy.ON_REQUEST, facts(RuleDecision.PROMPT), ASK),
        Arguments.of("prompted, granular with", ALL, facts(RuleDecision.PROMPT), ASK));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void decides(String name, ApprovalPolicy policy, Facts command, Verdict expected) {
    assertThat(ApprovalRules.judge(policy, command)).isEqualTo(expected);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("dangerous, never", ApprovalPolicy.NEVER, dangerous(false), "forced removal"),
        Arguments.of("escalated, never", ApprovalPolicy.NEVER, escalated(true), "approval policy"),
        Arguments.of("escalated, granular without", NOTHING, escalated(true), "approval policy"),
        Arguments.of(
            "prompted, never", ApprovalPolicy.NEVER, facts(RuleDecision.PROMPT), "a rule wants"),
        Arguments.of(
            "prompted, granular without", NOTHING, facts(RuleDecision.PROMPT), "a rule wants"),
        Arguments.of(
            "forbidden, untrusted",
            ApprovalPolicy.UNTRUSTED,
            facts(RuleDecision.FORBIDDEN),
            "a rule forbids this"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refuses(String name, ApprovalPolicy policy, Facts command, String words) {
    assertThat(ApprovalRules.judge(policy, command))
        .isInstanceOfSatisfying(
            Verdict.Refuse.class, refusal -> assertThat(refusal.reason()).contains(words));
  }

  @Test
  void aRuleSaysWhy() {
    Facts forbidden =
        new Facts(
            rules(RuleDecision.FORBIDDEN, true, "use the script"), null, false, false, false, true);
    assertThat(ApprovalRules.judge(ApprovalPolicy.ON_REQUEST, forbidden))
        .isEqualTo(new Verdict.Refuse("a rule forbids this: use the script"));
  }
}
