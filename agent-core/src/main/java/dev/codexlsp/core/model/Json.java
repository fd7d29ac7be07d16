package dev.codexlsp.core.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/// Reads JSON that a server wrote: whatever is missing or of another type than we expect reads as
/// absent, and nothing throws.
final class Json {
  private Json() {}

  /// The object that the text is, by the letter of the standard; null when it is anything else.
  static @Nullable JsonObject object(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement element = JsonParser.parseReader(reader);
      boolean whole = reader.peek() == JsonToken.END_DOCUMENT;
      return whole && element instanceof JsonObject object ? object : null;
    } catch (IOException | JsonParseException e) {
      return null;
    }
  }

  /// The member when it is an object, else an empty one.
  static JsonObject child(JsonObject object, String member) {
    return object.get(member) instanceof JsonObject child ? child : new JsonObject();
  }

  /// The member when it is a string, else the empty text.
  static String text(JsonObject object, String member) {
    return object.get(member) instanceof JsonPrimitive value && value.isString()
        ? value.getAsString()
        : "";
  }

  /// The member when it is a number, else 0.
  static long number(JsonObject object, String member) {
    if (object.get(member) instanceof JsonPrimitive value && value.isNumber()) {
      try {
        return value.getAsLong();
      } catch (NumberFormatException e) {
        return 0;
      }
    }
    return 0;
  }
}
