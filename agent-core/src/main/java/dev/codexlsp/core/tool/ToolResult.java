package dev.codexlsp.core.tool;

/// How a call ended; the output is what the model reads.
public sealed interface ToolResult {

  ToolOutput output();

  record Answered(ToolOutput output) implements ToolResult {
    public Answered(String text) {
      this(new ToolOutput.Text(text));
    }
  }

  /// The call was wrong, or what it wanted could not be done.
  record Failed(ToolOutput output) implements ToolResult {
    public Failed(String text) {
      this(new ToolOutput.Text(text));
    }
  }

  /// The user refused and wants the whole turn to end.
  record TurnCancelled(ToolOutput output) implements ToolResult {
    public TurnCancelled(String text) {
      this(new ToolOutput.Text(text));
    }
  }
}
