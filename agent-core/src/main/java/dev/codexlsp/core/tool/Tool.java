package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;

/// Something a model may call.
public interface Tool {

  String name();

  /// Whether the model knows what to do with it.
  default boolean isFor(ModelInfo model) {
    return true;
  }

  /// The tool as the Responses API describes it to the model.
  JsonObject definition(ModelInfo model);

  /// Whether calls of it may run beside other such calls of the same answer.
  default boolean isParallel() {
    return false;
  }

  /// Does what the call asks for and returns when it is done. Open items are completed, also when
  /// it is interrupted.
  ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException;
}
