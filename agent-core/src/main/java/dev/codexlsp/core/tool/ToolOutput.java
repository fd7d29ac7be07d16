package dev.codexlsp.core.tool;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.thread.ToolContent;
import java.util.List;

/// What the model reads of a call.
public sealed interface ToolOutput {

  record Text(String text) implements ToolOutput {}

  record Parts(List<ToolContent> parts) implements ToolOutput {
    public Parts {
      parts = List.copyOf(parts);
    }
  }

  /// A picture in its full size.
  ///
  /// @param url a `data:` URL
  record Picture(String url) implements ToolOutput {}

  /// As the Responses API takes it.
  default JsonElement json() {
    return switch (this) {
      case Text(String text) -> new JsonPrimitive(text);
      case Picture(String url) -> {
        JsonObject part = json(new ToolContent.InputImage(url));
        part.addProperty("detail", "original");
        JsonArray array = new JsonArray();
        array.add(part);
        yield array;
      }
      case Parts(List<ToolContent> parts) -> {
        JsonArray array = new JsonArray();
        parts.forEach(part -> array.add(json(part)));
        yield array;
      }
    };
  }

  private static JsonObject json(ToolContent part) {
    JsonObject json = new JsonObject();
    switch (part) {
      case ToolContent.InputText(String text) -> {
        json.addProperty("type", "input_text");
        json.addProperty("text", text);
      }
      case ToolContent.InputImage(String imageUrl) -> {
        json.addProperty("type", "input_image");
        json.addProperty("image_url", imageUrl);
      }
    }
    return json;
  }
}
