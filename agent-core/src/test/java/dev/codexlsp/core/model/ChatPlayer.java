package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Plays one response of a script as a chat completion, the way a server that follows the book
/// streams one. `event` sends a chunk as it stands, `failed` an error in the place of a chunk,
/// `incomplete` names the reason to finish; of reasoning only the content is sent, and there are no
/// items of other kinds. Belongs to one thread, which an interrupt ends.
final class ChatPlayer {
  private static final Duration LONGEST_HANG = Duration.ofMinutes(5);

  private final int number;
  private final FakeModelServer server;
  private final FakeResponse response;
  private JsonObject usage = new JsonObject();
  private String finish = "stop";
  private int calls;

  ChatPlayer(int number, FakeModelServer server, FakeResponse response) {
    this.number = number;
    this.server = server;
    this.response = response;
  }

  void play(List<ModelScript.Step> steps) throws IOException, InterruptedException {
    for (ModelScript.Step step : steps) {
      step(step.word(), step.argument());
    }
    if (response.isOpen()) {
      finish();
    }
  }

  private void step(String word, JsonElement argument) throws IOException, InterruptedException {
    switch (word) {
      case "message" -> message(argument);
      case "reasoning" -> reasoning(argument.getAsJsonObject());
      case "call" -> call(argument.getAsJsonObject());
      case "event" -> send(argument.getAsJsonObject());
      case "raw" -> raw(argument.getAsString());
      case "malformed" -> raw("data: {\"choices\": not json\n\n");
      case "comment" -> raw(": " + argument.getAsString() + "\n\n");
      case "bytewise" -> response.sendBytewise();
      case "gate" -> server.waitAtGate(argument.getAsString());
      case "usage" -> usage = argument.getAsJsonObject();
      case "http" -> ScriptPlayer.refuse(argument.getAsJsonObject(), response);
      case "failed" -> {
        JsonObject chunk = new JsonObject();
        chunk.add("error", argument);
        send(chunk);
        response.end();
      }
      case "incomplete" -> finish = argument.getAsString();
      case "end" -> {
        begin();
        response.end();
      }
      case "cut" -> response.cut();
      // No wait for a condition: the silence is what is played, until the connection is dropped.
      case "hang" -> Thread.sleep(LONGEST_HANG);
      default -> throw new IllegalArgumentException("no such step of a chat: " + word);
    }
  }

  private void message(JsonElement argument) throws IOException {
    List<String> deltas =
        argument.isJsonObject()
            ? ScriptPlayer.deltas(argument.getAsJsonObject())
            : List.of(argument.getAsString());
    for (String delta : deltas) {
      text("content", delta);
    }
  }

  private void reasoning(JsonObject wish) throws IOException {
    for (String text : ScriptPlayer.texts(wish, "content")) {
      for (String delta : ScriptPlayer.chunks(text, wish)) {
        text("reasoning_content", delta);
      }
    }
  }

  private void text(String member, String text) throws IOException {
    JsonObject delta = new JsonObject();
    delta.addProperty("role", "assistant");
    delta.addProperty(member, text);
    send(chunk(delta, JsonNull.INSTANCE));
  }

  /// The id and the name first, then the arguments in pieces.
  private void call(JsonObject wish) throws IOException {
    finish = "tool_calls";
    JsonElement arguments = wish.get("arguments");
    String text = arguments.isJsonPrimitive() ? arguments.getAsString() : arguments.toString();
    JsonObject begun = piece(calls, wish.get("name").getAsString(), "");
    begun.addProperty("id", wish.get("callId").getAsString());
    begun.addProperty("type", "function");
    send(chunk(pieces(begun), JsonNull.INSTANCE));
    for (String part : ScriptPlayer.chunks(text, wish)) {
      send(chunk(pieces(piece(calls, "", part)), JsonNull.INSTANCE));
    }
    calls++;
  }

  private static JsonObject piece(int index, String name, String arguments) {
    JsonObject function = new JsonObject();
    if (!name.isEmpty()) {
      function.addProperty("name", name);
    }
    function.addProperty("arguments", arguments);
    JsonObject piece = new JsonObject();
    piece.addProperty("index", index);
    piece.add("function", function);
    return piece;
  }

  private static JsonObject pieces(JsonObject piece) {
    JsonArray pieces = new JsonArray();
    pieces.add(piece);
    JsonObject delta = new JsonObject();
    delta.add("tool_calls", pieces);
    return delta;
  }

  private void finish() throws IOException {
    send(chunk(new JsonObject(), new JsonPrimitive(finish)));
    JsonObject counted = new JsonObject();
    long input = usage.has("input") ? Json.number(usage, "input") : 10;
    long output = usage.has("output") ? Json.number(usage, "output") : 5;
    counted.addProperty("prompt_tokens", input);
    counted.addProperty("completion_tokens", output);
    counted.addProperty("total_tokens", input + output);
    JsonObject last = chunk(new JsonObject(), JsonNull.INSTANCE);
    last.add("choices", new JsonArray());
    last.add("usage", counted);
    send(last);
    raw("data: [DONE]\n\n");
    response.end();
  }

  private JsonObject chunk(JsonObject delta, JsonElement finishReason) {
    JsonObject choice = new JsonObject();
    choice.addProperty("index", 0);
    choice.add("delta", delta);
    choice.add("finish_reason", finishReason);
    JsonArray choices = new JsonArray();
    choices.add(choice);
    JsonObject chunk = new JsonObject();
    chunk.addProperty("id", "chatcmpl-" + number);
    chunk.addProperty("object", "chat.completion.chunk");
    chunk.add("choices", choices);
    return chunk;
  }

  private void send(JsonObject chunk) throws IOException {
    raw("data: " + chunk + "\n\n");
  }

  private void raw(String text) throws IOException {
    begin();
    response.send(text);
  }

  private void begin() throws IOException {
    if (!response.hasBegun()) {
      response.begin();
    }
  }
}
