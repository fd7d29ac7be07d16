package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The parts of a message: texts and pictures, from the words of the Responses API into those of
/// chat completions. Pure.
final class ChatParts {
  private static final Set<String> TEXTS = Set.of("input_text", "output_text", "text");

  private ChatParts() {}

  /// What a text or an array of parts holds; kinds that chat completions do not have are left out.
  static List<JsonObject> of(JsonElement content) {
    List<JsonObject> parts = new ArrayList<>();
    if (content instanceof JsonPrimitive text && text.isString()) {
      parts.add(text(text.getAsString()));
    } else if (content instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonObject part) {
          add(part, parts);
        }
      }
    }
    return parts;
  }

  private static void add(JsonObject part, List<JsonObject> parts) {
    String type = Json.text(part, "type");
    if (TEXTS.contains(type)) {
      parts.add(text(Json.text(part, "text")));
    } else if (type.equals("input_image")) {
      JsonObject url = new JsonObject();
      url.addProperty("url", Json.text(part, "image_url"));
      JsonObject image = new JsonObject();
      image.addProperty("type", "image_url");
      image.add("image_url", url);
      parts.add(image);
    }
  }

  private static JsonObject text(String text) {
    JsonObject part = new JsonObject();
    part.addProperty("type", "text");
    part.addProperty("text", text);
    return part;
  }

  static boolean isText(JsonObject part) {
    return Json.text(part, "type").equals("text");
  }

  /// As a plain text where that can be, because some servers know nothing else.
  static JsonElement content(List<JsonObject> parts, String between) {
    if (parts.stream().allMatch(ChatParts::isText)) {
      return new JsonPrimitive(
          parts.stream().map(part -> Json.text(part, "text")).collect(Collectors.joining(between)));
    }
    JsonArray array = new JsonArray();
    parts.forEach(array::add);
    return array;
  }
}
