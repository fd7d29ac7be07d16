package dev.codexlsp.core.command;

import dev.codexlsp.core.command.RuleToken.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a rule file: calls of `prefix_rule`, `network_rule` and `host_executable` with literal
/// arguments. The original's files are programs of a small language; what of it is more than such
/// calls is refused with its line, so that no rule is missed in silence.
///
/// One instance reads one file.
public final class RuleFileParser {
  /// By function the arguments it takes; the first ones may stand without their name.
  private static final Map<String, List<String>> FUNCTIONS =
      Map.of(
          "prefix_rule", List.of("pattern", "decision", "match", "not_match", "justification"),
          "network_rule", List.of("host", "protocol", "decision", "justification"),
          "host_executable", List.of("name", "paths"));

  /// A list of examples holds lists of words.
  private static final int MAX_DEPTH = 2;

  private final List<RuleToken> tokens;
  private int next;

  private RuleFileParser(List<RuleToken> tokens) {
    this.tokens = tokens;
  }

  /// The rules in the order of the file.
  public static List<Rule> parse(String text) throws RuleSyntaxException {
    RuleFileParser parser = new RuleFileParser(RuleLexer.read(text));
    List<Rule> rules = new ArrayList<>();
    while (parser.peek().kind() != Kind.END) {
      parser.statement(rules);
    }
    return List.copyOf(rules);
  }

  private void statement(List<Rule> rules) throws RuleSyntaxException {
    switch (peek().kind()) {
      case LINE_END -> {
        take();
        return;
      }
      // A string alone is a comment of several lines.
      case TEXT -> take();
      case NAME -> rules.add(RuleBuilder.build(call()));
      case SIGN, END -> throw unexpected(peek());
    }
    if (peek().is(";")) {
      take();
    } else if (peek().kind() != Kind.LINE_END) {
      throw unexpected(peek());
    }
  }

  private RuleCall call() throws RuleSyntaxException {
    RuleToken function = take();
    List<String> parameters = FUNCTIONS.get(function.text());
    if (parameters == null) {
      throw unexpected(function);
    }
    expect("(");
    Map<String, RuleValue> arguments = new LinkedHashMap<>();
    boolean isNamed = false;
    while (!peek().is(")")) {
      RuleToken token = peek();
      boolean hasName = token.kind() == Kind.NAME;
      isNamed |= hasName;
      if (isNamed != hasName || (!hasName && arguments.size() >= parameters.size())) {
        throw unexpected(token);
      }
      String name = hasName ? name(parameters, function) : parameters.get(arguments.size());
      if (arguments.put(name, value(0)) != null) {
        throw new RuleSyntaxException(token.line(), "repeated argument " + name);
      }
      if (!peek().is(")")) {
        expect(",");
      }
    }
    take();
    return new RuleCall(function.text(), function.line(), arguments);
  }

  private String name(List<String> parameters, RuleToken function) throws RuleSyntaxException {
    RuleToken token = take();
    if (!parameters.contains(token.text())) {
      throw new RuleSyntaxException(
          token.line(), function.text() + " has no argument " + token.text());
    }
    expect("=");
    return token.text();
  }

  private RuleValue value(int depth) throws RuleSyntaxException {
    RuleToken token = take();
    if (token.kind() == Kind.TEXT) {
      return new RuleValue.Text(token.text());
    }
    if (!token.is("[") || depth >= MAX_DEPTH) {
      throw unexpected(token);
    }
    List<RuleValue> values = new ArrayList<>();
    while (!peek().is("]")) {
      values.add(value(depth + 1));
      if (!peek().is("]")) {
        expect(",");
      }
    }
    take();
    return new RuleValue.Items(values);
  }

  private void expect(String sign) throws RuleSyntaxException {
    RuleToken token = take();
    if (!token.is(sign)) {
      throw unexpected(token);
    }
  }

  private RuleToken peek() {
    return tokens.get(next);
  }

  private RuleToken take() {
    RuleToken token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  private static RuleSyntaxException unexpected(RuleToken token) {
    return new RuleSyntaxException(token.line(), "unexpected " + token.shown());
  }
}
