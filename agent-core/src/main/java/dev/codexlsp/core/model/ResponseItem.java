package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/// One item of the model's history, as the Responses API writes it. The JSON is kept verbatim and
/// never changed after construction; the accessors read what the agent needs from it.
public record ResponseItem(JsonObject json) {

  /// A message of the given role (`developer`, `user`) with one part of input text.
  public static ResponseItem message(String role, String text) {
    JsonObject part = new JsonObject();
    part.addProperty("type", "input_text");
    part.addProperty("text", text);
    JsonArray content = new JsonArray();
    content.add(part);
    JsonObject json = new JsonObject();
    json.addProperty("type", "message");
    json.addProperty("role", role);
    json.add("content", content);
    return new ResponseItem(json);
  }

  /// The answer to a function call.
  public static ResponseItem functionCallOutput(String callId, String output) {
    JsonObject json = new JsonObject();
    json.addProperty("type", "function_call_output");
    json.addProperty("call_id", callId);
    json.addProperty("output", output);
    return new ResponseItem(json);
  }

  public String type() {
    return text("type");
  }

  /// The member as text; empty when it is absent or not a string.
  public String text(String member) {
    return Json.text(json, member);
  }

  /// The texts of the parts in the array member, in order; parts without text are skipped.
  public List<String> texts(String arrayMember) {
    List<String> texts = new ArrayList<>();
    if (json.get(arrayMember) instanceof JsonArray parts) {
      for (JsonElement part : parts) {
        if (part instanceof JsonObject object
            && object.get("text") instanceof JsonPrimitive text
            && text.isString()) {
          texts.add(text.getAsString());
        }
      }
    }
    return texts;
  }
}
