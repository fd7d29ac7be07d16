package dev.codexlsp.core.tool;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.DynamicToolSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// All that a client has brought along.
///
/// @param single tools that stand by themselves
/// @param groups those that share a namespace
public record DynamicTools(List<DynamicTool> single, List<Group> groups) {
  public static final DynamicTools NONE = new DynamicTools(List.of(), List.of());

  public DynamicTools {
    single = List.copyOf(single);
    groups = List.copyOf(groups);
  }

  /// A namespace.
  record Group(String name, String description, List<DynamicTool> tools) {
    Group {
      tools = List.copyOf(tools);
    }

    JsonObject definition(ModelInfo model) {
      JsonArray inner = new JsonArray();
      tools.forEach(tool -> inner.add(tool.definition(model)));
      JsonObject json = new JsonObject();
      json.addProperty("type", "namespace");
      json.addProperty("name", name);
      json.addProperty("description", description);
      json.add("tools", inner);
      return json;
    }
  }

  public static DynamicTools of(List<DynamicToolSpec> specs, Clock clock) {
    List<DynamicTool> single = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    for (DynamicToolSpec spec : specs) {
      switch (spec) {
        case DynamicToolSpec.Function function ->
            single.add(new DynamicTool(null, function, clock));
        case DynamicToolSpec.Namespace(String name, String description, var tools) ->
            groups.add(
                new Group(
                    name,
                    description,
                    tools.stream().map(tool -> new DynamicTool(name, tool, clock)).toList()));
      }
    }
    return new DynamicTools(single, groups);
  }
}
