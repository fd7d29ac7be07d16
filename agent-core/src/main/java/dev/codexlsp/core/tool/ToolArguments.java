package dev.codexlsp.core.tool;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;

/// Reads what a model passes to a function. Pure.
final class ToolArguments {
  private static final Gson GSON = new Gson();

  private ToolArguments() {}

  /// Arguments that cannot be used; the message goes to the model.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String reason) {
      super("failed to parse function arguments: " + reason);
    }

    ToolResult answer() {
      return new ToolResult.Failed(String.valueOf(getMessage()));
    }
  }

  /// The arguments as a record whose components are all nullable, because models leave out what
  /// they like; its components have the names of the wire.
  static <T> T read(String json, Class<T> type) throws Unusable {
    try {
      JsonElement object = GSON.fromJson(json, JsonElement.class);
      if (!(object instanceof JsonObject)) {
        throw new Unusable("expected an object, got " + (object == null ? "nothing" : object));
      }
      return GSON.fromJson(object, type);
    } catch (JsonParseException malformed) {
      Throwable cause = malformed.getCause() == null ? malformed : malformed.getCause();
      throw new Unusable(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }
  }

  static <T> T required(@Nullable T value, String field) throws Unusable {
    if (value == null) {
      throw new Unusable("missing field `" + field + "`");
    }
    return value;
  }

  static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
