package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;

/// Something a model may call.
public interface Tool {

  String name();

  /// The tool as the Responses API describes it to the model.
  JsonObject definition();

  /// Does what the call asks for and returns when it is done. Open items are completed, also when
  /// it is interrupted.
  ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException;
}
