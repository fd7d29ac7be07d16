package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/// One message of the model in the making: what it thought, said and called in one go. Used once,
/// by one thread.
final class ChatTurn {
  private static final String NO_OUTPUT = "aborted";
  private static final String PICTURE = "(the picture follows)";

  private final StringBuilder thoughts = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final JsonArray calls = new JsonArray();
  private final List<String> callIds = new ArrayList<>();

  void think(String more) {
    thoughts.append(more);
  }

  void say(String more) {
    text.append(more);
  }

  void call(ResponseItem call, String arguments) {
    JsonObject function = new JsonObject();
    function.addProperty("name", ChatTools.wireName(call));
    function.addProperty("arguments", arguments);
    JsonObject json = new JsonObject();
    json.addProperty("id", call.text("call_id"));
    json.addProperty("type", "function");
    json.add("function", function);
    calls.add(json);
    callIds.add(call.text("call_id"));
  }

  /// The ids of the calls, in order.
  List<String> calls() {
    return callIds;
  }

  /// Whether there is nothing that a message could be made of.
  boolean isSilent() {
    return text.isEmpty() && calls.isEmpty();
  }

  JsonObject message() {
    JsonObject message = new JsonObject();
    message.addProperty("role", "assistant");
    message.add("content", text.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(text.toString()));
    if (!thoughts.isEmpty()) {
      // Models that call tools while they think want their thoughts back; templates of others
      // leave them out.
      message.addProperty("reasoning_content", thoughts.toString());
    }
    if (!calls.isEmpty()) {
      message.add("tool_calls", calls);
    }
    return message;
  }

  /// The answer to one call. Servers take only text here, so pictures are put aside for a message
  /// of the user.
  ///
  /// @param output a text, an array of parts, or null when nobody has answered
  static JsonObject result(String callId, JsonElement output, List<JsonObject> pictures) {
    List<JsonObject> parts = ChatParts.of(output);
    List<JsonObject> texts = parts.stream().filter(ChatParts::isText).toList();
    pictures.addAll(parts.stream().filter(part -> !ChatParts.isText(part)).toList());
    JsonObject message = new JsonObject();
    message.addProperty("role", "tool");
    message.addProperty("tool_call_id", callId);
    if (!texts.isEmpty()) {
      message.add("content", ChatParts.content(texts, "\n"));
    } else if (parts.isEmpty()) {
      message.addProperty("content", output.isJsonNull() ? NO_OUTPUT : "");
    } else {
      message.addProperty("content", PICTURE);
    }
    return message;
  }
}
