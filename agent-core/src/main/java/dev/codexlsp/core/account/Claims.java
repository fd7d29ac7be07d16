package dev.codexlsp.core.account;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a token says about its owner. Nothing is verified: we got it from the service itself, and
/// only the service decides what it is worth.
///
/// @param json empty when the token is no JWT
record Claims(JsonObject json) {
  private static final String OWN = "https://api.openai.com/auth";
  private static final int PARTS = 3;

  static Claims of(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != PARTS) {
      return new Claims(new JsonObject());
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      return JsonParser.parseString(text) instanceof JsonObject json
          ? new Claims(json)
          : new Claims(new JsonObject());
    } catch (IllegalArgumentException | JsonParseException malformed) {
      return new Claims(new JsonObject());
    }
  }

  @Nullable String email() {
    return text(json, "email");
  }

  /// Null when it does not say.
  @Nullable Instant expiry() {
    try {
      return json.get("exp") instanceof JsonPrimitive exp && exp.isNumber()
          ? Instant.ofEpochSecond(exp.getAsLong())
          : null;
    } catch (NumberFormatException | DateTimeException nonsense) {
      return null;
    }
  }

  String planType() {
    String plan = text(own(), "chatgpt_plan_type");
    return plan == null ? "unknown" : plan.toLowerCase(Locale.ROOT);
  }

  @Nullable String userId() {
    return text(own(), "chatgpt_user_id");
  }

  @Nullable String accountId() {
    return text(own(), "chatgpt_account_id");
  }

  private JsonObject own() {
    return json.get(OWN) instanceof JsonObject own ? own : new JsonObject();
  }

  static @Nullable String text(JsonObject object, String member) {
    return object.get(member) instanceof JsonPrimitive value && value.isString()
        ? value.getAsString()
        : null;
  }
}
