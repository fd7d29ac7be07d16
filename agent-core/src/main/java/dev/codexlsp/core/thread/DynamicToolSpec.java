package dev.codexlsp.core.thread;

import java.util.List;

/// What a client brings along for the model to call.
public sealed interface DynamicToolSpec {

  /// One tool.
  ///
  /// @param inputSchema a JSON Schema
  /// @param deferLoading whether the model hears of it only when it looks for it; ours always hear
  record Function(String name, String description, RawJson inputSchema, boolean deferLoading)
      implements DynamicToolSpec {}

  /// Several that belong together.
  record Namespace(String name, String description, List<Function> tools)
      implements DynamicToolSpec {
    public Namespace {
      tools = List.copyOf(tools);
    }
  }
}
