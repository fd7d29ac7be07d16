package dev.codexlsp.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rule that is offered to a user who does not want to be asked about a command again.
public final class AmendmentProposal {
  private AmendmentProposal() {}

  /// The prefix that would be allowed; null when no rule should be offered, because one asks for
  /// the question already or none could be written.
  ///
  /// What the model wishes for is taken only when it would free the whole command; else it is the
  /// first segment that no rule allows, in full.
  ///
  /// @param wish the model's own prefix, when it has one
  public static @Nullable List<String> propose(
      ParsedCommand command, CommandRules rules, @Nullable List<String> wish) {
    RuleDecision decision = rules.evaluate(command).decision();
    if (decision != null) {
      return null;
    }
    if (wish != null && !BannedPrefixes.isBanned(wish) && frees(wish, command, rules)) {
      return List.copyOf(wish);
    }
    List<String> words = firstOpen(command, rules);
    boolean isRule =
        words != null && !BannedPrefixes.isBanned(words) && covers(words, command, rules);
    return isRule ? words : null;
  }

  private static boolean frees(List<String> wish, ParsedCommand command, CommandRules rules) {
    return rules.allowing(wish).evaluate(command).decision() == RuleDecision.ALLOW;
  }

  /// A rule that would not hold for its own words is of no use.
  private static boolean covers(List<String> words, ParsedCommand command, CommandRules rules) {
    return switch (command) {
      case ParsedCommand.Understood _ -> rules.allowing(words).allows(new SimpleCommand(words));
      case ParsedCommand.Opaque _ -> frees(words, command, rules);
    };
  }

  private static @Nullable List<String> firstOpen(ParsedCommand command, CommandRules rules) {
    return switch (command) {
      case ParsedCommand.Opaque opaque -> opaque.argv().isEmpty() ? null : opaque.argv();
      case ParsedCommand.Understood understood ->
          understood.commands().stream()
              .filter(segment -> !rules.allows(segment))
              .map(SimpleCommand::words)
              .findFirst()
              .orElse(null);
    };
  }
}
