package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a conversation as chat messages, in an order that the templates of local models accept:
/// one system message at the beginning and nowhere else, no two messages of the user in a row, and
/// behind a message that calls tools the answer to each of its calls.
///
/// What only the Responses API can express (reasoning that is encrypted, tools that the service
/// runs) is left out. Used once, by one thread.
final class ChatMessages {
  private static final String SYSTEM = "system";
  private static final String USER = "user";
  private static final String BETWEEN = "\n\n";

  private final JsonArray messages = new JsonArray();
  private final Map<String, ResponseItem> outputs = new HashMap<>();

  /// What has been said to the model since it spoke last, and as whom; null for nothing.
  private @Nullable String role;

  private List<JsonObject> said = new ArrayList<>();

  /// What the model has answered to that.
  private @Nullable ChatTurn answer;

  private ChatMessages() {}

  static JsonArray of(List<ResponseItem> history) {
    ChatMessages all = new ChatMessages();
    for (ResponseItem item : history) {
      if (item.isCallOutput()) {
        all.outputs.putIfAbsent(item.text("call_id"), item);
      }
    }
    history.forEach(all::add);
    all.endAnswer();
    all.endSaid();
    return all.messages;
  }

  private void add(ResponseItem item) {
    switch (item.type()) {
      case "message" -> {
        if (item.text("role").equals("assistant")) {
          String text = String.join("", item.texts("content"));
          if (!text.isEmpty()) {
            answer().say(text);
          }
        } else {
          say(item);
        }
      }
      case "reasoning" -> {
        String thought = String.join(BETWEEN, item.texts("content"));
        if (!thought.isEmpty()) {
          answer().think(thought);
        }
      }
      case "function_call" -> answer().call(item, item.text("arguments"));
      case "custom_tool_call" -> {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("input", item.text("input"));
        answer().call(item, arguments.toString());
      }
      default -> {
        if (item.isCallOutput()) {
          endAnswer();
        }
      }
    }
  }

  private ChatTurn answer() {
    endSaid();
    if (answer == null) {
      answer = new ChatTurn();
    }
    return answer;
  }

  private void say(ResponseItem message) {
    endAnswer();
    boolean isFirst = messages.isEmpty() && !USER.equals(role);
    String speaker = isFirst && !message.text("role").equals(USER) ? SYSTEM : USER;
    say(speaker, ChatParts.of(message.json().get("content")));
  }

  private void say(String speaker, List<JsonObject> parts) {
    if (parts.isEmpty()) {
      return;
    }
    if (!speaker.equals(role)) {
      endSaid();
    }
    role = speaker;
    said.addAll(parts);
  }

  private void endSaid() {
    if (role != null) {
      JsonObject message = new JsonObject();
      message.addProperty("role", role);
      message.add("content", ChatParts.content(said, BETWEEN));
      messages.add(message);
      role = null;
      said = new ArrayList<>();
    }
  }

  private void endAnswer() {
    ChatTurn ended = answer;
    answer = null;
    if (ended == null || ended.isSilent()) {
      return;
    }
    messages.add(ended.message());
    List<JsonObject> pictures = new ArrayList<>();
    for (String callId : ended.calls()) {
      ResponseItem output = outputs.get(callId);
      JsonElement content = output == null ? JsonNull.INSTANCE : output.json().get("output");
      messages.add(ChatTurn.result(callId, content, pictures));
    }
    say(USER, pictures);
  }
}
