package dev.codexlsp.core.tool;

import dev.codexlsp.core.model.ModelInfo;
import java.util.ArrayList;
import java.util.List;

/// The tools of the agent, in the order in which models see them.
public final class ToolRegistry {
  private final List<Tool> tools;

  public ToolRegistry(List<Tool> tools) {
    this.tools = List.copyOf(tools);
  }

  /// What a turn offers: our tools as far as they are for the model, then those that the client has
  /// brought along. A name that is ours stays ours.
  public ToolSet offered(ModelInfo model, DynamicTools ofClient) {
    List<Tool> offered = new ArrayList<>();
    tools.stream().filter(tool -> tool.isFor(model)).forEach(offered::add);
    offered.addAll(ofClient.single());
    return new ToolSet(model, offered, ofClient.groups());
  }
}
