package dev.codexlsp.core.turn;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.codexlsp.core.thread.ApprovalReview;
import dev.codexlsp.core.thread.ApprovalReview.RiskLevel;
import dev.codexlsp.core.thread.ApprovalReview.Status;
import dev.codexlsp.core.thread.ApprovalReview.UserAuthorization;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what a reviewer has answered. Pure.
final class ReviewAnswer {
  private ReviewAnswer() {}

  /// Null when it does not say clearly whether it allows or denies.
  static @Nullable ApprovalReview read(String text) {
    try {
      if (!(JsonParser.parseString(text.strip()) instanceof JsonObject json)) {
        return null;
      }
      Status status =
          switch (word(json, "outcome")) {
            case "allow" -> Status.APPROVED;
            case "deny" -> Status.DENIED;
            default -> null;
          };
      return status == null
          ? null
          : new ApprovalReview(
              status,
              constant(RiskLevel.values(), word(json, "risk_level")),
              constant(UserAuthorization.values(), word(json, "user_authorization")),
              word(json, "rationale"));
    } catch (JsonParseException nonsense) {
      return null;
    }
  }

  private static String word(JsonObject json, String name) {
    return json.has(name) && json.get(name).isJsonPrimitive() ? json.get(name).getAsString() : "";
  }

  private static <E extends Enum<E>> @Nullable E constant(E[] constants, String word) {
    for (E constant : constants) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    return null;
  }
}
