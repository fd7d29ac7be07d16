package dev.codexlsp.core.command;

import org.jspecify.annotations.Nullable;

/// What a rule wants, from the mildest to the strictest.
public enum RuleDecision {
  /// Run it, without asking and without the sandbox.
  ALLOW,
  /// Ask, whatever else would say.
  PROMPT,
  /// Never.
  FORBIDDEN;

  static @Nullable RuleDecision strictest(
      @Nullable RuleDecision one, @Nullable RuleDecision other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) >= 0 ? one : other;
  }
}
