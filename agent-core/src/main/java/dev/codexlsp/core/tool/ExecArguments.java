package dev.codexlsp.core.tool;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import org.jspecify.annotations.Nullable;

/// The arguments of `exec_command`.
///
/// @param workdir relative to the turn's directory, or absolute
/// @param login whether the shell reads the user's profile
/// @param maxOutputTokens the budget for the output text
record ExecArguments(
    String cmd,
    @Nullable String workdir,
    @Nullable String shell,
    boolean login,
    int maxOutputTokens,
    @Nullable String justification) {
  private static final int DEFAULT_OUTPUT_TOKENS = 10_000;
  private static final Gson GSON = new Gson();

  /// As the model writes it: everything may be missing.
  private record Wire(
      @Nullable String cmd,
      @Nullable String workdir,
      @Nullable String shell,
      @Nullable Boolean login,
      @Nullable Integer max_output_tokens,
      @Nullable String justification) {}

  /// Arguments that cannot be used; the message goes to the model.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String reason) {
      super("failed to parse function arguments: " + reason);
    }
  }

  static ExecArguments parse(String json) throws Unusable {
    Wire wire = read(json);
    if (wire.cmd() == null) {
      throw new Unusable("missing field `cmd`");
    }
    int budget =
        wire.max_output_tokens() == null ? DEFAULT_OUTPUT_TOKENS : wire.max_output_tokens();
    if (budget < 1) {
      throw new Unusable("`max_output_tokens` must be positive, not " + budget);
    }
    return new ExecArguments(
        wire.cmd(),
        wire.workdir(),
        wire.shell(),
        wire.login() == null || wire.login(),
        budget,
        wire.justification());
  }

  private static Wire read(String json) throws Unusable {
    try {
      JsonObject object = GSON.fromJson(json, JsonObject.class);
      if (object == null) {
        throw new Unusable("expected an object, got nothing");
      }
      return GSON.fromJson(object, Wire.class);
    } catch (JsonParseException malformed) {
      Throwable cause = malformed.getCause() == null ? malformed : malformed.getCause();
      throw new Unusable(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }
  }

  static JsonObject definition(String toolName) {
    return GSON.fromJson(
        """
        {
          "type": "function",
          "name": "%s",
          "description": "Runs a command in a shell and returns its output when it has ended.",
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
              "max_output_tokens": {
                "type": "number",
                "description": "How much output to return; the middle is cut. Default 10000."
              },
              "justification": {
                "type": "string",
                "description": "One short sentence for the user: why this command is needed."
              }
            },
            "required": ["cmd"],
            "additionalProperties": false
          }
        }
        """
            .formatted(toolName),
        JsonObject.class);
  }
}
