package dev.codexlsp.core.tool;

import static dev.codexlsp.core.tool.ToolArguments.required;

import com.google.gson.JsonObject;
import dev.codexlsp.core.tool.ToolArguments.Unusable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of `exec_command`.
///
/// @param workdir relative to the turn's directory, or absolute
/// @param login whether the shell reads the user's profile
/// @param tty whether the command runs at a terminal
/// @param yield how long the call waits for the command
/// @param maxOutputTokens the budget for the output text
/// @param isEscalated whether the command asks to run without its sandbox
/// @param prefixRule the words that a rule for such commands could begin with
record ExecArguments(
    String cmd,
    @Nullable String workdir,
    @Nullable String shell,
    boolean login,
    boolean tty,
    Duration yield,
    int maxOutputTokens,
    boolean isEscalated,
    @Nullable String justification,
    @Nullable List<String> prefixRule) {
  static final Duration DEFAULT_YIELD = Duration.ofSeconds(10);

  /// As the model writes it.
  private record Wire(
      @Nullable String cmd,
      @Nullable String workdir,
      @Nullable String shell,
      @Nullable Boolean login,
      @Nullable Boolean tty,
      @Nullable Long yield_time_ms,
      @Nullable Integer max_output_tokens,
      @Nullable String sandbox_permissions,
      @Nullable String justification,
      @Nullable List<String> prefix_rule) {}

  static ExecArguments parse(String json) throws Unusable {
    Wire wire = ToolArguments.read(json, Wire.class);
    return new ExecArguments(
        required(wire.cmd(), "cmd"),
        wire.workdir(),
        wire.shell(),
        wire.login() == null || wire.login(),
        wire.tty() != null && wire.tty(),
        YieldTime.ofCommand(wire.yield_time_ms(), DEFAULT_YIELD),
        OutputBudget.of(wire.max_output_tokens()),
        isEscalated(wire.sandbox_permissions()),
        wire.justification(),
        wire.prefix_rule());
  }

  private static boolean isEscalated(@Nullable String permissions) throws Unusable {
    return switch (permissions) {
      case null -> false;
      case "use_default" -> false;
      case "require_escalated" -> true;
      default ->
          throw new Unusable(
              "unknown variant `%s`, expected `use_default` or `require_escalated`"
                  .formatted(permissions));
    };
  }

  static JsonObject definition(String toolName) {
    return ToolArguments.json(
        """
        {
          "type": "function",
          "name": "%s",
          "description": "Runs a command in a shell. Returns its output, or the id of a session \
        when it still runs after the time to wait.",
          "strict": false,
          "parameters": {
            "type": "object",
            "properties": {
              "cmd": {"type": "string", "description": "The shell command."},
              "workdir": {
                "type": "string",
                "description": "Where to run it; the workspace folder unless given."
              },
              "shell": {"type": "string", "description": "The shell; the user's own unless given."},
              "login": {
                "type": "boolean",
                "description": "Whether the shell reads the user's profile. Default true."
              },
              "tty": {
                "type": "boolean",
                "description": "Whether to run it at a terminal, which also lets you write to it. \
        Default false."
              },
              "yield_time_ms": {
                "type": "number",
                "description": "How long to wait for output before returning. Default 10000."
              },
              "max_output_tokens": {
                "type": "number",
                "description": "How much output to return; the middle is cut. Default 10000."
              },
              "sandbox_permissions": {
                "type": "string",
                "enum": ["use_default", "require_escalated"],
                "description": "require_escalated asks the user to run it without the sandbox."
              },
              "justification": {
                "type": "string",
                "description": "With require_escalated: one short question to the user, why this is \
        needed."
              },
              "prefix_rule": {
                "type": "array",
                "items": {"type": "string"},
                "description": "With require_escalated: the first words of similar commands that the \
        user could allow for good, as narrow as is useful."
              }
            },
            "required": ["cmd"],
            "additionalProperties": false
          }
        }
        """
            .formatted(toolName));
  }
}
