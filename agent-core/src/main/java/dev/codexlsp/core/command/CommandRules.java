package dev.codexlsp.core.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of the user for commands. Immutable.
///
/// A rule that allows is read narrowly: it must meet the words as they are, and it does not cover a
/// further option that starts another program (see [EscapeOptions]). A rule that restricts is read
/// widely: it also meets a program named by its path, behind `sudo` and its like, and within a
/// script that is not understood.
public final class CommandRules {
  public static final CommandRules NONE = new CommandRules(List.of());

  /// Shells within shells; deeper ones are not allowed by what they contain.
  private static final int MAX_DEPTH = 4;

  private final List<Rule> rules;

  private CommandRules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  public static CommandRules of(List<? extends Rule> rules) {
    return new CommandRules(List.copyOf(rules));
  }

  public List<Rule> rules() {
    return rules;
  }

  public List<Rule.Network> networkRules() {
    return rules.stream()
        .filter(Rule.Network.class::isInstance)
        .map(Rule.Network.class::cast)
        .toList();
  }

  /// These rules and one more, which allows the prefix.
  public CommandRules allowing(List<String> prefix) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(Rule.Prefix.allow(prefix));
    return new CommandRules(more);
  }

  /// What is left when nobody knows which of them still hold.
  public CommandRules withoutAllows() {
    return new CommandRules(
        rules.stream()
            .filter(rule ->
                switch (rule) {
                  case Rule.Prefix prefix -> prefix.decision() != RuleDecision.ALLOW;
                  case Rule.Network network -> network.decision() != RuleDecision.ALLOW;
                  case Rule.HostExecutable _ -> false;
                })
            .toList());
  }

  /// What the rules say about the command and everything in it.
  public Verdict evaluate(ParsedCommand command) {
    return new Evaluation().whole(command, 0);
  }

  /// Whether the rules allow this segment, and all that is nested in it.
  boolean allows(SimpleCommand segment) {
    return new Evaluation().segment(segment, 0).decision() == RuleDecision.ALLOW;
  }

  /// Collects the rules that were met on the way through one command.
  private final class Evaluation {
    private final List<Verdict.Match> matches = new ArrayList<>();

    Verdict whole(ParsedCommand command, int depth) {
      return switch (command) {
        case ParsedCommand.Understood understood -> all(understood.commands(), depth);
        case ParsedCommand.Opaque opaque -> opaque(opaque);
      };
    }

    private Verdict all(List<SimpleCommand> commands, int depth) {
      RuleDecision strictest = null;
      boolean isAllowed = true;
      boolean isUnconfined = true;
      for (SimpleCommand segment : commands) {
        Verdict verdict = segment(segment, depth);
        strictest = RuleDecision.strictest(strictest, verdict.decision());
        isAllowed &= verdict.decision() == RuleDecision.ALLOW;
        isUnconfined &= verdict.mayRunUnconfined();
      }
      RuleDecision decision = strictest == RuleDecision.ALLOW && !isAllowed ? null : strictest;
      return verdict(decision, isUnconfined);
    }

    /// Only a rule that has all of its text allows what is not understood.
    private Verdict opaque(ParsedCommand.Opaque opaque) {
      RuleDecision decision = restricted(LooseCommands.of(opaque.argv()));
      for (Rule.Prefix rule : prefixRules()) {
        boolean isWhole = rule.pattern().size() == opaque.argv().size();
        if (isWhole && allowing(rule) && rule.matches(opaque.argv())) {
          note(rule, opaque.argv());
          decision = RuleDecision.strictest(decision, RuleDecision.ALLOW);
        }
      }
      return verdict(decision, false);
    }

    private Verdict segment(SimpleCommand segment, int depth) {
      RuleDecision own = restricted(LooseCommands.of(segment.words()));
      for (Rule.Prefix rule : prefixRules()) {
        if (allowing(rule) && covers(rule, segment)) {
          note(rule, segment.words());
          own = RuleDecision.strictest(own, RuleDecision.ALLOW);
        }
      }
      ParsedCommand nested = ShellParser.parse(segment.words());
      boolean isShell =
          !(nested instanceof ParsedCommand.Understood understood && understood.shell() == null);
      if (!isShell) {
        return verdict(own, !hasScript(segment));
      }
      if (depth >= MAX_DEPTH) {
        return verdict(own, false);
      }
      Verdict inner = whole(nested, depth + 1);
      RuleDecision decision = RuleDecision.strictest(own, inner.decision());
      return verdict(decision, inner.mayRunUnconfined());
    }

    private @Nullable RuleDecision restricted(List<List<String>> commands) {
      RuleDecision strictest = null;
      for (List<String> words : commands) {
        for (Rule.Prefix rule : prefixRules()) {
          if (!allowing(rule) && (rule.matches(words) || rule.matches(byName(words)))) {
            note(rule, words);
            strictest = RuleDecision.strictest(strictest, rule.decision());
          }
        }
      }
      return strictest;
    }

    private void note(Rule.Prefix rule, List<String> words) {
      Verdict.Match match =
          new Verdict.Match(
              words.subList(0, rule.pattern().size()), rule.decision(), rule.justification());
      if (!matches.contains(match)) {
        matches.add(match);
      }
    }

    private Verdict verdict(@Nullable RuleDecision decision, boolean isKnown) {
      return new Verdict(decision, isKnown && decision == RuleDecision.ALLOW, matches);
    }
  }

  /// A shell called in another way than the usual ones: what its script starts is not known.
  private static boolean hasScript(SimpleCommand segment) {
    return Launchers.isShell(segment.name())
        && segment.arguments().stream().anyMatch(word -> word.startsWith("-"));
  }

  private boolean covers(Rule.Prefix rule, SimpleCommand segment) {
    List<String> words = segment.words();
    boolean matches =
        rule.matches(words) || (isHostExecutable(segment) && rule.matches(byName(words)));
    return matches && !EscapeOptions.areBeyond(rule.pattern().size(), segment);
  }

  private boolean isHostExecutable(SimpleCommand segment) {
    return rules.stream()
        .anyMatch(rule ->
            rule instanceof Rule.HostExecutable(String name, List<String> paths)
                && name.equals(segment.name())
                && paths.contains(segment.program()));
  }

  private List<Rule.Prefix> prefixRules() {
    return rules.stream()
        .filter(Rule.Prefix.class::isInstance)
        .map(Rule.Prefix.class::cast)
        .toList();
  }

  private static boolean allowing(Rule.Prefix rule) {
    return rule.decision() == RuleDecision.ALLOW;
  }

  private static List<String> byName(List<String> words) {
    List<String> named = new ArrayList<>(words);
    named.set(0, SimpleCommand.baseName(words.getFirst()));
    return named;
  }
}
