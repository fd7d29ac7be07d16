package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tools that one turn offers to its model. Immutable.
public final class ToolSet {
  private final ModelInfo model;
  private final Map<String, Tool> tools = new LinkedHashMap<>();

  ToolSet(ModelInfo model, List<Tool> tools) {
    this.model = model;
    tools.forEach(tool -> this.tools.putIfAbsent(tool.name(), tool));
  }

  public List<JsonObject> definitions() {
    return tools.values().stream().map(tool -> tool.definition(model)).toList();
  }

  public boolean isParallel(ToolCall call) {
    Tool tool = find(call);
    return tool != null && tool.isParallel();
  }

  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    Tool tool = find(call);
    return tool == null
        ? new ToolResult.Failed("unsupported call: " + call.name())
        : tool.run(call, turn);
  }

  /// The same without any others than these.
  public ToolSet only(Set<String> names) {
    return new ToolSet(
        model, tools.values().stream().filter(tool -> names.contains(tool.name())).toList());
  }

  /// The same without this one.
  public ToolSet without(String name) {
    return new ToolSet(
        model, tools.values().stream().filter(tool -> !tool.name().equals(name)).toList());
  }

  private @Nullable Tool find(ToolCall call) {
    return tools.get(call.name());
  }
}
