package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tools a turn offers, in the order in which the model sees them.
public final class ToolRegistry {
  private final Map<String, Tool> tools = new LinkedHashMap<>();

  public ToolRegistry(List<Tool> tools) {
    for (Tool tool : tools) {
      this.tools.put(tool.name(), tool);
    }
  }

  public List<JsonObject> definitions() {
    return tools.values().stream().map(Tool::definition).toList();
  }

  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    Tool tool = tools.get(call.name());
    if (tool == null) {
      return new ToolResult.Answered("unsupported call: " + call.name());
    }
    return tool.run(call, turn);
  }
}
