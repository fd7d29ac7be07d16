package dev.codexlsp.server.protocol;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import dev.codexlsp.core.thread.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as plain objects, for those who know no JSON: maps, lists, strings, longs, doubles,
/// booleans.
public final class PlainJson {
  private PlainJson() {}

  /// The members of an object.
  public static Map<String, @Nullable Object> of(JsonObject object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.entrySet().forEach(entry -> map.put(entry.getKey(), of(entry.getValue())));
    return map;
  }

  /// Null for JSON's null.
  public static @Nullable Object of(JsonElement json) {
    return switch (json) {
      case JsonObject object -> of(object);
      case JsonArray array -> {
        List<@Nullable Object> list = new ArrayList<>();
        array.forEach(item -> list.add(of(item)));
        yield list;
      }
      case JsonPrimitive value when value.isBoolean() -> value.getAsBoolean();
      case JsonPrimitive value when value.isNumber() -> number(value.getAsString());
      case JsonPrimitive value -> value.getAsString();
      default -> null;
    };
  }

  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      return Double.valueOf(text);
    }
  }

  /// Nulls stay.
  public static RawJson raw(@Nullable Object plain) {
    return new RawJson(
        new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setStrictness(Strictness.LENIENT)
            .create()
            .toJson(plain));
  }
}
