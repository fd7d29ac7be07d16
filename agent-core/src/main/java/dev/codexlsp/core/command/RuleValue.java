package dev.codexlsp.core.command;

import java.util.List;

/// What an argument of a rule can be.
sealed interface RuleValue {

  record Text(String value) implements RuleValue {}

  record Items(List<RuleValue> values) implements RuleValue {}

  /// For a message.
  static String kind(RuleValue value) {
    return switch (value) {
      case Text _ -> "a string";
      case Items _ -> "a list";
    };
  }
}
