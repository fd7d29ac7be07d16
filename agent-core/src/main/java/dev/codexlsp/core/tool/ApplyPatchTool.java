package dev.codexlsp.core.tool;

import static dev.codexlsp.core.tool.ToolArguments.required;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// `apply_patch`: changes files by a patch. Models that know how write the patch as it is; others
/// pass it as the argument of a function.
public final class ApplyPatchTool implements Tool {
  private static final String NAME = "apply_patch";
  private static final String DESCRIPTION =
      "Changes files by a patch. Write the patch itself, not JSON.";

  private static final String GRAMMAR =
      """
      start: "*** Begin Patch" LF file+ "*** End Patch" LF?
      file: create | remove | edit
      create: "*** Add File: " path LF ("+" text LF)+
      remove: "*** Delete File: " path LF
      edit: "*** Update File: " path LF ("*** Move to: " path LF)? chunk+
      chunk: ("@@" LF | "@@ " path LF)? (("+" | "-" | " ") text LF)+ ("*** End of File" LF)?
      path: /.+/
      text: /.*/
      %import common.LF
      """;

  private final PatchTexts patches;

  public ApplyPatchTool(Clock clock) {
    this.patches = new PatchTexts(clock);
  }

  /// As the model writes it, when it passes the patch to a function.
  private record Wire(@Nullable String input) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isFor(ModelInfo model) {
    return model.patchForm() != ModelInfo.PatchForm.NONE;
  }

  @Override
  public JsonObject definition(ModelInfo model) {
    return switch (model.patchForm()) {
      case FREEFORM -> freeform();
      case FUNCTION, NONE -> function();
    };
  }

  private static JsonObject freeform() {
    JsonObject format = new JsonObject();
    format.addProperty("type", "grammar");
    format.addProperty("syntax", "lark");
    format.addProperty("definition", GRAMMAR);
    JsonObject json = new JsonObject();
    json.addProperty("type", "custom");
    json.addProperty("name", NAME);
    json.addProperty("description", DESCRIPTION);
    json.add("format", format);
    return json;
  }

  private static JsonObject function() {
    return ToolArguments.json(
        """
        {
          "type": "function",
          "name": "apply_patch",
          "description": "Changes files by a patch: lines between `*** Begin Patch` and `*** End \
        Patch`, for each file one of `*** Add File: PATH` with lines that begin with +, `*** Delete \
        File: PATH`, or `*** Update File: PATH`, perhaps `*** Move to: PATH`, and then chunks that \
        begin with @@ and hold lines that begin with a space, - or +.",
          "strict": false,
          "parameters": {
            "type": "object",
            "properties": {"input": {"type": "string", "description": "The whole patch."}},
            "required": ["input"],
            "additionalProperties": false
          }
        }
        """);
  }

  @Override
  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    try {
      String text =
          call.isFreeform()
              ? call.input()
              : required(ToolArguments.read(call.input(), Wire.class).input(), "input");
      return patches.ofTool(text, call, turn);
    } catch (ToolArguments.Unusable unusable) {
      return unusable.answer();
    }
  }
}
