package dev.codexlsp.core.turn;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.model.ResponseItem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// How many tokens something is likely to cost, for as long as no model has counted it: four bytes
/// make one, as in the original. Pure.
final class TokenEstimate {
  static final int BYTES_PER_TOKEN = 4;

  /// A picture costs what it shows, whatever its bytes are.
  private static final long IMAGE_BYTES = 7_373;

  /// The quotes, the colon and the comma of a member.
  private static final long MEMBER_BYTES = 4;

  private TokenEstimate() {}

  static long of(String text) {
    return tokens(bytes(text));
  }

  static long of(ResponseItem item) {
    return tokens(bytes(item.json()));
  }

  static long of(List<ResponseItem> items) {
    return items.stream().mapToLong(TokenEstimate::of).sum();
  }

  private static long tokens(long bytes) {
    return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static long bytes(JsonElement json) {
    long bytes = MEMBER_BYTES;
    switch (json) {
      case JsonObject object -> {
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
          bytes += member.getKey().equals("image_url") ? IMAGE_BYTES : bytes(member.getValue());
          bytes += member.getKey().length();
        }
      }
      case JsonArray array -> {
        for (JsonElement element : array) {
          bytes += bytes(element);
        }
      }
      case JsonPrimitive primitive -> bytes += bytes(primitive.getAsString());
      default -> {
        // A null is as long as what surrounds it.
      }
    }
    return bytes;
  }
}
