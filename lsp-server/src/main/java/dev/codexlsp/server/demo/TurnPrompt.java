package dev.codexlsp.server.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/// A prompt of plain text on its way to the server, and back. Pure.
final class TurnPrompt {
  private TurnPrompt() {}

  static JsonObject params(String threadId, String prompt) {
    JsonObject text = new JsonObject();
    text.addProperty("type", "text");
    text.addProperty("text", prompt);
    JsonArray input = new JsonArray();
    input.add(text);
    JsonObject params = new JsonObject();
    params.addProperty("threadId", threadId);
    params.add("input", input);
    return params;
  }

  /// The text of a user message's item.
  static String text(JsonObject userMessage) {
    StringBuilder text = new StringBuilder();
    if (userMessage.get("content") instanceof JsonArray content) {
      for (JsonElement part : content) {
        text.append(part instanceof JsonObject object ? Json.text(object, "text") : "");
      }
    }
    return text.toString();
  }
}
