package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tools that one turn offers to its model. Immutable.
public final class ToolSet {
  private final ModelInfo model;
  private final Map<String, Tool> tools = new LinkedHashMap<>();
  private final List<DynamicTools.Group> groups;
  private final Map<Address, Tool> grouped = new HashMap<>();
  private final List<JsonObject> definitions;

  /// Where a tool of a namespace is found.
  private record Address(String namespace, String name) {}

  ToolSet(ModelInfo model, List<Tool> tools, List<DynamicTools.Group> groups) {
    this.model = model;
    this.groups = groups;
    tools.forEach(tool -> this.tools.putIfAbsent(tool.name(), tool));
    for (DynamicTools.Group group : groups) {
      group.tools().forEach(tool -> grouped.put(new Address(group.name(), tool.name()), tool));
    }
    definitions = definitions(this.tools.values(), groups, model);
  }

  private static List<JsonObject> definitions(
      Collection<Tool> tools, List<DynamicTools.Group> groups, ModelInfo model) {
    List<JsonObject> all = new ArrayList<>();
    tools.forEach(tool -> all.add(tool.definition(model)));
    groups.forEach(group -> all.add(group.definition(model)));
    return List.copyOf(all);
  }

  /// The same for every request of the turn; nobody changes them.
  public List<JsonObject> definitions() {
    return definitions;
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
        model,
        tools.values().stream().filter(tool -> names.contains(tool.name())).toList(),
        List.of());
  }

  /// The same without this one.
  public ToolSet without(String name) {
    return new ToolSet(
        model, tools.values().stream().filter(tool -> !tool.name().equals(name)).toList(), groups);
  }

  private @Nullable Tool find(ToolCall call) {
    return call.namespace().isEmpty()
        ? tools.get(call.name())
        : grouped.get(new Address(call.namespace(), call.name()));
  }
}
