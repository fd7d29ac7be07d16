package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One item of the model's history, as the Responses API writes it. The JSON is kept verbatim and
/// never changed after construction; the accessors read what the agent needs from it.
public record ResponseItem(JsonObject json) {
  private static final String OUTPUT = "_output";
  private static final Set<String> CALLS = Set.of("function_call", "custom_tool_call");

  /// A message of the given role (`developer`, `user`, `assistant`) with one part of text.
  public static ResponseItem message(String role, String text) {
    return message(role, List.of(new Part.Text(text)));
  }

  /// A piece of a message to the model.
  public sealed interface Part {
    record Text(String text) implements Part {}

    /// A picture.
    ///
    /// @param url usually a `data:` one
    record Image(String url) implements Part {}
  }

  /// A message of the given role with these parts.
  public static ResponseItem message(String role, List<? extends Part> parts) {
    String kind = role.equals("assistant") ? "output_text" : "input_text";
    JsonArray content = new JsonArray();
    for (Part part : parts) {
      content.add(
          switch (part) {
            case Part.Text(String text) -> textPart(kind, text);
            case Part.Image(String url) -> imagePart(url);
          });
    }
    JsonObject json = new JsonObject();
    json.addProperty("type", "message");
    json.addProperty("role", role);
    json.add("content", content);
    return new ResponseItem(json);
  }

  private static JsonObject textPart(String kind, String text) {
    JsonObject part = new JsonObject();
    part.addProperty("type", kind);
    part.addProperty("text", text);
    return part;
  }

  /// In the form of the original, which asks for all of it.
  private static JsonObject imagePart(String url) {
    JsonObject part = new JsonObject();
    part.addProperty("type", "input_image");
    part.addProperty("image_url", url);
    part.addProperty("detail", "original");
    return part;
  }

  /// The answer to this call.
  ///
  /// @param output a text, or an array of parts
  public ResponseItem answered(JsonElement output) {
    JsonObject answer = new JsonObject();
    answer.addProperty("type", type() + OUTPUT);
    answer.addProperty("call_id", text("call_id"));
    answer.add("output", output);
    return new ResponseItem(answer);
  }

  public ResponseItem answered(String output) {
    return answered(new JsonPrimitive(output));
  }

  /// Whether the model calls one of our tools.
  public boolean isCall() {
    return CALLS.contains(type());
  }

  /// Whether somebody has answered a call.
  public boolean isCallOutput() {
    return type().endsWith(OUTPUT);
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
