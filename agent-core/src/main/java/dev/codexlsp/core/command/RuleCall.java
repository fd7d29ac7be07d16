package dev.codexlsp.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call in a rule file, with its arguments by name.
record RuleCall(String function, int line, Map<String, RuleValue> arguments) {

  RuleSyntaxException problem(String problem) {
    return new RuleSyntaxException(line, problem);
  }

  String text(String name) throws RuleSyntaxException {
    String text = textIfAny(name);
    if (text == null) {
      throw missing(name);
    }
    return text;
  }

  @Nullable String textIfAny(String name) throws RuleSyntaxException {
    return switch (arguments.get(name)) {
      case null -> null;
      case RuleValue.Text(String text) -> text;
      case RuleValue.Items _ -> throw problem(name + " must be a string");
    };
  }

  List<RuleValue> items(String name) throws RuleSyntaxException {
    List<RuleValue> items = itemsIfAny(name);
    if (items == null) {
      throw missing(name);
    }
    return items;
  }

  @Nullable List<RuleValue> itemsIfAny(String name) throws RuleSyntaxException {
    return switch (arguments.get(name)) {
      case null -> null;
      case RuleValue.Items(List<RuleValue> values) -> values;
      case RuleValue.Text _ -> throw problem(name + " must be a list");
    };
  }

  /// The strings of a list that holds nothing else.
  List<String> texts(String name, List<RuleValue> items) throws RuleSyntaxException {
    List<String> texts = new ArrayList<>();
    for (RuleValue item : items) {
      switch (item) {
        case RuleValue.Text(String text) -> texts.add(text);
        case RuleValue.Items _ ->
            throw problem(name + " must hold strings, and there is " + RuleValue.kind(item));
      }
    }
    return texts;
  }

  /// Why, in the author's words; an empty reason is a mistake.
  @Nullable String justification() throws RuleSyntaxException {
    String justification = textIfAny("justification");
    if (justification != null && justification.isBlank()) {
      throw problem("justification cannot be empty");
    }
    return justification;
  }

  private RuleSyntaxException missing(String name) {
    return problem(function + " needs " + name);
  }
}
