package dev.codexlsp.core.tool;

/// How a call ended; the output is what the model reads.
public sealed interface ToolResult {

  String output();

  record Answered(String output) implements ToolResult {}

  /// The user refused and wants the whole turn to end.
  record TurnCancelled(String output) implements ToolResult {}
}
