package dev.codexlsp.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes rules of calls, and runs the examples that come with them.
final class RuleBuilder {
  private static final Map<String, RuleDecision> DECISIONS =
      Map.of(
          "allow", RuleDecision.ALLOW,
          "prompt", RuleDecision.PROMPT,
          "forbidden", RuleDecision.FORBIDDEN);

  private RuleBuilder() {}

  static Rule build(RuleCall call) throws RuleSyntaxException {
    return switch (call.function()) {
      case "prefix_rule" -> prefixRule(call);
      case "network_rule" -> NetworkRules.build(call);
      case "host_executable" -> hostExecutable(call);
      default -> throw call.problem("unexpected '" + call.function() + "'");
    };
  }

  static RuleDecision decision(RuleCall call, String word) throws RuleSyntaxException {
    RuleDecision decision = DECISIONS.get(word);
    if (decision == null) {
      throw call.problem("decision must be allow, prompt or forbidden, not " + word);
    }
    return decision;
  }

  private static Rule prefixRule(RuleCall call) throws RuleSyntaxException {
    List<List<String>> pattern = new ArrayList<>();
    for (RuleValue element : call.items("pattern")) {
      pattern.add(alternatives(call, element));
    }
    if (pattern.isEmpty()) {
      throw call.problem("pattern cannot be empty");
    }
    String word = call.textIfAny("decision");
    RuleDecision decision = word == null ? RuleDecision.ALLOW : decision(call, word);
    Rule.Prefix rule = new Rule.Prefix(pattern, decision, call.justification());
    for (List<String> example : examples(call, "match")) {
      if (!rule.matches(example)) {
        throw call.problem("the example of match does not match: " + String.join(" ", example));
      }
    }
    for (List<String> example : examples(call, "not_match")) {
      if (rule.matches(example)) {
        throw call.problem("the example of not_match matches: " + String.join(" ", example));
      }
    }
    return rule;
  }

  private static List<String> alternatives(RuleCall call, RuleValue element)
      throws RuleSyntaxException {
    return switch (element) {
      case RuleValue.Text(String word) -> List.of(word);
      case RuleValue.Items(List<RuleValue> words) -> {
        if (words.isEmpty()) {
          throw call.problem("alternatives of pattern cannot be empty");
        }
        yield call.texts("pattern", words);
      }
    };
  }

  private static List<List<String>> examples(RuleCall call, String name)
      throws RuleSyntaxException {
    List<RuleValue> values = call.itemsIfAny(name);
    List<List<String>> examples = new ArrayList<>();
    for (RuleValue value : values == null ? List.<RuleValue>of() : values) {
      List<String> words =
          switch (value) {
            case RuleValue.Text(String line) -> ExampleLine.split(call, line);
            case RuleValue.Items(List<RuleValue> items) -> call.texts(name, items);
          };
      if (words.isEmpty()) {
        throw call.problem("an example of " + name + " cannot be empty");
      }
      examples.add(words);
    }
    return examples;
  }

  private static Rule hostExecutable(RuleCall call) throws RuleSyntaxException {
    String name = call.text("name");
    if (name.isBlank() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw call.problem("name must be the bare name of a program, not '" + name + "'");
    }
    List<String> paths = call.texts("paths", call.items("paths"));
    for (String path : paths) {
      if (!path.startsWith("/")) {
        throw call.problem("paths must be absolute, and " + path + " is not");
      }
      if (!SimpleCommand.baseName(path).equals(name)) {
        throw call.problem("paths must end in " + name + ", and " + path + " does not");
      }
    }
    return new Rule.HostExecutable(name, paths);
  }
}
