package dev.codexlsp.core.tool;

import static dev.codexlsp.core.tool.ToolArguments.required;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TurnPlanStep;
import dev.codexlsp.core.tool.ToolArguments.Unusable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `update_plan`: the model writes down what it is going to do, for the user to see. It does
/// nothing else.
public final class UpdatePlanTool implements Tool {
  private record Wire(@Nullable String explanation, @Nullable List<@Nullable Step> plan) {}

  private record Step(@Nullable String step, @Nullable String status) {}

  @Override
  public String name() {
    return "update_plan";
  }

  @Override
  public boolean isFor(ModelInfo model) {
    return model.hasPlan();
  }

  @Override
  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    Wire wire;
    List<TurnPlanStep> plan = new ArrayList<>();
    try {
      wire = ToolArguments.read(call.input(), Wire.class);
      for (Step step : required(wire.plan(), "plan")) {
        plan.add(planned(required(step, "step")));
      }
    } catch (Unusable unusable) {
      return unusable.answer();
    }
    turn.io()
        .emit(
            new ThreadEvent.TurnPlanUpdated(
                turn.threadId(), turn.turnId(), wire.explanation(), plan));
    return new ToolResult.Answered("Plan updated");
  }

  private static TurnPlanStep planned(Step step) throws Unusable {
    String status = required(step.status(), "status");
    return new TurnPlanStep(
        required(step.step(), "step"),
        switch (status) {
          case "pending" -> TurnPlanStep.Status.PENDING;
          case "in_progress" -> TurnPlanStep.Status.IN_PROGRESS;
          case "completed" -> TurnPlanStep.Status.COMPLETED;
          default ->
              throw new Unusable(
                  "unknown variant `%s`, expected one of `pending`, `in_progress`, `completed`"
                      .formatted(status));
        });
  }

  @Override
  public JsonObject definition(ModelInfo model) {
    return ToolArguments.json(
        """
        {
          "type": "function",
          "name": "update_plan",
          "description": "Shows the user the steps of the work and how far it has come. At most one \
        step is in progress.",
          "strict": false,
          "parameters": {
            "type": "object",
            "properties": {
              "explanation": {"type": "string", "description": "Why the plan has changed."},
              "plan": {
                "type": "array",
                "items": {
                  "type": "object",
                  "properties": {
                    "step": {"type": "string"},
                    "status": {"type": "string", "enum": ["pending", "in_progress", "completed"]}
                  },
                  "required": ["step", "status"],
                  "additionalProperties": false
                }
              }
            },
            "required": ["plan"],
            "additionalProperties": false
          }
        }
        """);
  }
}
