package dev.codexlsp.core.turn;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.tool.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/// Which messages in the role of the user are really the user's. What we say ourselves in that role
/// stands between tags or begins with words that nobody else uses. Pure.
final class UserMessages {
  /// Said before each summary.
  static final String SUMMARY_PREAMBLE =
      "The conversation so far was too long and has been made shorter. What stands below is the"
          + " summary that was written when that happened; files and running commands are as it"
          + " left them. Go on from it, and do not repeat work that it says is done.";

  /// Around what a program has put into the conversation.
  static final String EXTERNAL_OPENING = "<external_context>";

  static final String EXTERNAL_CLOSING = "</external_context>";

  private static final Map<String, String> ENDS =
      Map.of("# AGENTS.md instructions", "</INSTRUCTIONS>", EXTERNAL_OPENING, EXTERNAL_CLOSING);
  private static final Set<String> TAGS =
      Set.of("environment_context", "turn_aborted", "skill", "user_shell_command");
  private static final long IMAGE_TOKENS = 1_844;

  private UserMessages() {}

  static boolean isUsers(ResponseItem item) {
    if (!item.type().equals("message") || !item.text("role").equals("user")) {
      return false;
    }
    String text = text(item);
    return !text.startsWith(SUMMARY_PREAMBLE)
        && TAGS.stream().noneMatch(tag -> isBetween(text, "<" + tag + ">", "</" + tag + ">"))
        && ENDS.entrySet().stream()
            .noneMatch(ends -> isBetween(text, ends.getKey(), ends.getValue()));
  }

  private static boolean isBetween(String text, String start, String end) {
    return text.startsWith(start) && text.stripTrailing().endsWith(end);
  }

  static String text(ResponseItem item) {
    return String.join("\n", item.texts("content"));
  }

  static long tokens(ResponseItem item) {
    return TokenEstimate.of(text(item)) + images(item) * IMAGE_TOKENS;
  }

  private static long images(ResponseItem item) {
    long images = 0;
    if (item.json().get("content") instanceof JsonArray parts) {
      for (JsonElement part : parts) {
        images += part instanceof JsonObject object && object.has("image_url") ? 1 : 0;
      }
    }
    return images;
  }

  /// The beginning and the end of a message that is longer than this; its pictures go.
  static ResponseItem cut(ResponseItem message, long tokens) {
    return ResponseItem.message("user", middleOut(text(message), tokens));
  }

  /// The text, or its beginning and its end when it is longer than this.
  static String cut(String text, long tokens) {
    return TokenEstimate.of(text) <= tokens ? text : middleOut(text, tokens);
  }

  private static String middleOut(String text, long tokens) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int half = (int) Math.min(tokens * TokenEstimate.BYTES_PER_TOKEN / 2, (long) bytes.length / 2);
    int headEnd = Utf8.endOfCharacter(bytes, half);
    int tailStart = Utf8.startOfCharacter(bytes, bytes.length - half);
    long missing = Math.max(0, TokenEstimate.of(text) - tokens);
    return new String(bytes, 0, headEnd, StandardCharsets.UTF_8)
        + "…"
        + missing
        + " tokens truncated…"
        + new String(bytes, tailStart, bytes.length - tailStart, StandardCharsets.UTF_8);
  }
}
