package dev.codexlsp.server.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/// Reads JSON trees without complaint: what is absent is empty. Pure.
final class Json {
  private Json() {}

  /// The text or number of a member; empty when it has none.
  static String text(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
  }

  /// The object that is a member; an empty one when there is none.
  static JsonObject child(JsonObject object, String member) {
    return object.get(member) instanceof JsonObject child ? child : new JsonObject();
  }
}
