package dev.codexlsp.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the rules say about a whole command.
///
/// @param decision the strictest of all its segments; [RuleDecision#ALLOW] only when a rule allows
///   every one of them; null when the rules do not decide
/// @param mayRunUnconfined every segment is allowed and understood, so it is known which programs
///   run; [ProgramTrust] still has to agree
/// @param matches every rule that had a say, in the order of segments and rules
public record Verdict(
    @Nullable RuleDecision decision, boolean mayRunUnconfined, List<Match> matches) {
  public Verdict {
    matches = List.copyOf(matches);
  }

  /// One rule that met the beginning of one segment.
  ///
  /// @param prefix the words that it met
  public record Match(List<String> prefix, RuleDecision decision, @Nullable String justification) {
    public Match {
      prefix = List.copyOf(prefix);
    }
  }

  /// Why the strictest rule decides as it does, if its author says so.
  public @Nullable String justification() {
    return matches.stream()
        .filter(match -> match.decision() == decision && match.justification() != null)
        .map(Match::justification)
        .findFirst()
        .orElse(null);
  }
}
