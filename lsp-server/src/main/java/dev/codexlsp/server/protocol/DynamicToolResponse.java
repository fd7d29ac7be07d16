package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ToolContent;
import java.util.List;

/// The answer of a client to `item/tool/call`.
///
/// @param contentItems what the model gets to read
public record DynamicToolResponse(List<ToolContent> contentItems, boolean success) {
  public DynamicToolResponse {
    contentItems = List.copyOf(contentItems);
  }
}
