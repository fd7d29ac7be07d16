package dev.codexlsp.server.headless;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.FileUpdateChange;
import dev.codexlsp.core.thread.FileUpdateChange.PatchChangeKind;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.TurnPlanStep;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How an item is spelled in a line, in the original's form for scripts. Pure.
final class ItemLine {
  private ItemLine() {}

  /// Null for what scripts are not told of.
  static @Nullable JsonObject of(Item item) {
    return switch (item) {
      case Item.AgentMessage message -> text("agent_message", message.text());
      case Item.Reasoning reasoning ->
          reasoning.summary().isEmpty()
              ? null
              : text("reasoning", String.join("\n\n", reasoning.summary()));
      case Item.CommandExecution command -> command(command);
      case Item.FileChange change -> fileChange(change);
      case Item.UserMessage _,
          Item.DynamicToolCall _,
          Item.ImageView _,
          Item.Plan _,
          Item.EnteredReviewMode _,
          Item.ExitedReviewMode _,
          Item.ContextCompaction _ ->
          null;
    };
  }

  static JsonObject plan(List<TurnPlanStep> steps) {
    JsonArray items = new JsonArray();
    for (TurnPlanStep step : steps) {
      JsonObject json = new JsonObject();
      json.addProperty("text", step.step());
      json.addProperty("completed", step.status() == TurnPlanStep.Status.COMPLETED);
      items.add(json);
    }
    JsonObject json = typed("todo_list");
    json.add("items", items);
    return json;
  }

  private static JsonObject command(Item.CommandExecution command) {
    JsonObject json = typed("command_execution");
    json.addProperty("command", command.command());
    String output = command.aggregatedOutput();
    json.addProperty("aggregated_output", output == null ? "" : output);
    json.addProperty("exit_code", command.exitCode());
    json.addProperty("status", command.status().name().toLowerCase(Locale.ROOT));
    return json;
  }

  /// There is no word for a change that was declined but the one for a failure.
  private static JsonObject fileChange(Item.FileChange change) {
    JsonArray changes = new JsonArray();
    for (FileUpdateChange one : change.changes()) {
      JsonObject json = new JsonObject();
      json.addProperty("path", one.path().toString());
      json.addProperty(
          "kind",
          switch (one.kind()) {
            case PatchChangeKind.Add() -> "add";
            case PatchChangeKind.Delete() -> "delete";
            case PatchChangeKind.Update _ -> "update";
          });
      changes.add(json);
    }
    JsonObject json = typed("file_change");
    json.add("changes", changes);
    json.addProperty(
        "status",
        switch (change.status()) {
          case IN_PROGRESS -> "in_progress";
          case COMPLETED -> "completed";
          case FAILED, DECLINED -> "failed";
        });
    return json;
  }

  private static JsonObject text(String type, String text) {
    JsonObject json = typed(type);
    json.addProperty("text", text);
    return json;
  }

  private static JsonObject typed(String type) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    return json;
  }
}
