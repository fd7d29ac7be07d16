package dev.codexlsp.core.tool;

import static dev.codexlsp.core.tool.ToolArguments.required;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.tool.ToolArguments.Unusable;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// `write_stdin`: comes back to a command that runs, to write to it or to see what it has done. An
/// interrupt ends the wait, not the command.
public final class WriteStdinTool implements Tool {
  private static final Duration DEFAULT_YIELD = Duration.ofMillis(250);

  /// What Ctrl-C sends; a command without a terminal is interrupted instead.
  private static final String INTERRUPT = "\u0003";

  private final CommandAnswer answer;

  public WriteStdinTool(RandomGenerator random) {
    this.answer = new CommandAnswer(random);
  }

  /// As the model writes it.
  private record Wire(
      @Nullable Long session_id,
      @Nullable String chars,
      @Nullable Long yield_time_ms,
      @Nullable Integer max_output_tokens) {}

  @Override
  public String name() {
    return "write_stdin";
  }

  @Override
  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    try {
      Wire wire = ToolArguments.read(call.input(), Wire.class);
      String session = String.valueOf(required(wire.session_id(), "session_id"));
      int budget = OutputBudget.of(wire.max_output_tokens());
      RunningCommand command = turn.terminals().find(session);
      if (command == null) {
        return failed("Unknown process id " + session);
      }
      String chars = wire.chars() == null ? "" : wire.chars();
      command.interaction(chars);
      if (!chars.isEmpty() && !give(chars, command)) {
        return failed("the command reads nothing; start it with tty=true to write to it");
      }
      Duration yield =
          chars.isEmpty()
              ? YieldTime.ofLook(wire.yield_time_ms(), turn.terminalLimit())
              : YieldTime.ofCommand(wire.yield_time_ms(), DEFAULT_YIELD);
      return answer.of(command, yield, budget, turn);
    } catch (Unusable unusable) {
      return unusable.answer();
    }
  }

  /// What is written to a command that ends meanwhile is lost with it.
  private static boolean give(String chars, RunningCommand command) throws InterruptedException {
    if (command.isDone() || command.write(chars)) {
      return true;
    }
    if (chars.equals(INTERRUPT)) {
      command.interrupt();
      return true;
    }
    return false;
  }

  private static ToolResult failed(String reason) {
    return new ToolResult.Failed("write_stdin failed: " + reason);
  }

  @Override
  public JsonObject definition(ModelInfo model) {
    return ToolArguments.json(
        """
        {
          "type": "function",
          "name": "write_stdin",
          "description": "Writes to a command that runs in a session, or looks at it, and returns \
        what it has printed since.",
          "strict": false,
          "parameters": {
            "type": "object",
            "properties": {
              "session_id": {"type": "number", "description": "The id of the session."},
              "chars": {
                "type": "string",
                "description": "What to write; nothing only looks."
              },
              "yield_time_ms": {
                "type": "number",
                "description": "How long to wait for output: default 250 after writing, 5000 for \
        looking."
              },
              "max_output_tokens": {
                "type": "number",
                "description": "How much output to return; the middle is cut. Default 10000."
              }
            },
            "required": ["session_id"],
            "additionalProperties": false
          }
        }
        """);
  }
}
