package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Plays one response of a script. Belongs to one thread, which an interrupt ends.
final class ScriptPlayer {
  private static final Duration LONGEST_HANG = Duration.ofMinutes(5);

  private static final Pattern SESSION = Pattern.compile("running with session ID (\\d+)");

  private final int number;
  private final String request;
  private final FakeModelServer server;
  private final FakeResponse response;
  private final JsonArray output = new JsonArray();
  private JsonObject usage = new JsonObject();

  /// @param number the request's, counted from 0; part of the ids that are made up here
  /// @param request its body
  ScriptPlayer(int number, String request, FakeModelServer server, FakeResponse response) {
    this.number = number;
    this.request = request;
    this.server = server;
    this.response = response;
  }

  void play(List<ModelScript.Step> steps) throws IOException, InterruptedException {
    for (ModelScript.Step step : steps) {
      step(step.word(), step.argument());
    }
    if (response.isOpen()) {
      end(event("response.completed", "response", completed()));
    }
  }

  private void step(String word, JsonElement argument) throws IOException, InterruptedException {
    switch (word) {
      case "message" -> message(argument);
      case "reasoning" -> reasoning(argument.getAsJsonObject());
      case "call" -> call(argument.getAsJsonObject());
      case "item" -> item(argument.getAsJsonObject());
      case "event" -> send(argument.getAsJsonObject());
      case "raw" -> raw(argument.getAsString());
      case "malformed" -> raw("data: {\"type\": not json\n\n");
      case "comment" -> comment(argument);
      case "bytewise" -> response.sendBytewise();
      case "gate" -> server.waitAtGate(argument.getAsString());
      case "usage" -> usage = argument.getAsJsonObject();
      case "http" -> refuse(argument.getAsJsonObject(), response);
      case "failed" -> end(event("response.failed", "response", failed(argument)));
      case "incomplete" -> end(event("response.incomplete", "response", incomplete(argument)));
      case "end" -> {
        created();
        response.end();
      }
      case "cut" -> response.cut();
      // No wait for a condition: the silence is what is played, until the connection is dropped.
      case "hang" -> Thread.sleep(LONGEST_HANG);
      default -> throw new IllegalArgumentException("no such step: " + word);
    }
  }

  private void message(JsonElement argument) throws IOException {
    JsonObject wish = argument.isJsonObject() ? argument.getAsJsonObject() : new JsonObject();
    List<String> deltas = argument.isJsonObject() ? deltas(wish) : List.of(argument.getAsString());
    String id = wish.has("id") ? wish.get("id").getAsString() : id("msg");
    JsonObject item = itemOf("message", id);
    item.addProperty("role", "assistant");
    item.add("content", new JsonArray());
    send(event("response.output_item.added", "item", item));
    for (String delta : deltas) {
      send(delta("response.output_text.delta", id, "content_index", 0, delta));
    }
    JsonObject done = item.deepCopy();
    done.add("content", parts("output_text", List.of(String.join("", deltas))));
    done(done);
  }

  private void reasoning(JsonObject wish) throws IOException {
    String id = id("rs");
    JsonObject item = itemOf("reasoning", id);
    item.add("summary", new JsonArray());
    send(event("response.output_item.added", "item", item));
    List<String> summary = texts(wish, "summary");
    for (int i = 0; i < summary.size(); i++) {
      JsonObject added = delta("response.reasoning_summary_part.added", id, "summary_index", i, "");
      added.remove("delta");
      send(added);
      for (String delta : chunks(summary.get(i), wish)) {
        send(delta("response.reasoning_summary_text.delta", id, "summary_index", i, delta));
      }
    }
    List<String> content = texts(wish, "content");
    reasoningText(id, content, wish);
    JsonObject done = item.deepCopy();
    done.add("summary", parts("summary_text", summary));
    if (!content.isEmpty()) {
      done.add("content", parts("reasoning_text", content));
    }
    done.addProperty("encrypted_content", "opaque-" + id);
    done(done);
  }

  private void reasoningText(String id, List<String> content, JsonObject wish) throws IOException {
    for (int i = 0; i < content.size(); i++) {
      for (String delta : chunks(content.get(i), wish)) {
        send(delta("response.reasoning_text.delta", id, "content_index", i, delta));
      }
    }
  }

  private void call(JsonObject wish) throws IOException {
    JsonElement arguments = wish.get("arguments");
    String text = arguments.isJsonPrimitive() ? arguments.getAsString() : arguments.toString();
    JsonObject item = itemOf("function_call", id("fc"));
    item.addProperty(
        "call_id", wish.has("callId") ? wish.get("callId").getAsString() : "call_" + id("fc"));
    if (wish.has("namespace")) {
      item.add("namespace", wish.get("namespace"));
    }
    item.add("name", wish.get("name"));
    item.addProperty("arguments", "");
    send(event("response.output_item.added", "item", item));
    JsonObject done = item.deepCopy();
    done.addProperty("arguments", text.replace("\"$session\"", session()));
    done(done);
  }

  /// The session that the request told of last; none when it tells of none.
  private String session() {
    List<String> told = SESSION.matcher(request).results().map(found -> found.group(1)).toList();
    return told.isEmpty() ? "0" : told.getLast();
  }

  private void item(JsonObject item) throws IOException {
    send(event("response.output_item.added", "item", item));
    done(item);
  }

  private void done(JsonObject item) throws IOException {
    output.add(item);
    send(event("response.output_item.done", "item", item));
  }

  private void comment(JsonElement argument) throws IOException, InterruptedException {
    if (argument.isJsonObject()) {
      JsonObject wish = argument.getAsJsonObject();
      for (int i = 0; i < wish.get("times").getAsInt(); i++) {
        raw(": " + wish.get("text").getAsString() + "\n\n");
        // The pace is what is played.
        Thread.sleep(wish.get("everyMs").getAsLong());
      }
    } else {
      raw(": " + argument.getAsString() + "\n\n");
    }
  }

  static void refuse(JsonObject wish, FakeResponse response) throws IOException {
    JsonElement body = wish.has("body") ? wish.get("body") : JsonNull.INSTANCE;
    JsonObject headers = wish.has("headers") ? wish.getAsJsonObject("headers") : new JsonObject();
    String text =
        body.isJsonNull() ? "" : body.isJsonPrimitive() ? body.getAsString() : body.toString();
    response.refuse(wish.get("status").getAsInt(), headers, text);
  }

  private JsonObject completed() {
    long input = Json.number(usage, "input");
    long output = Json.number(usage, "output");
    JsonObject counted = new JsonObject();
    counted.addProperty("input_tokens", usage.has("input") ? input : 10);
    JsonObject inputDetails = new JsonObject();
    inputDetails.addProperty("cached_tokens", Json.number(usage, "cached"));
    inputDetails.addProperty("cache_write_tokens", Json.number(usage, "cacheWrite"));
    counted.add("input_tokens_details", inputDetails);
    counted.addProperty("output_tokens", usage.has("output") ? output : 5);
    JsonObject outputDetails = new JsonObject();
    outputDetails.addProperty("reasoning_tokens", Json.number(usage, "reasoning"));
    counted.add("output_tokens_details", outputDetails);
    counted.addProperty(
        "total_tokens",
        Json.number(counted, "input_tokens") + Json.number(counted, "output_tokens"));
    JsonObject response = responseIn("completed");
    response.add("output", this.output);
    response.add("usage", counted);
    return response;
  }

  private JsonObject failed(JsonElement error) {
    JsonObject response = responseIn("failed");
    response.add("error", error);
    return response;
  }

  private JsonObject incomplete(JsonElement reason) {
    JsonObject details = new JsonObject();
    details.add("reason", reason);
    JsonObject response = responseIn("incomplete");
    response.add("incomplete_details", details);
    return response;
  }

  private JsonObject responseIn(String status) {
    JsonObject response = new JsonObject();
    response.addProperty("id", "resp_" + number);
    response.addProperty("object", "response");
    response.addProperty("status", status);
    return response;
  }

  private void created() throws IOException {
    if (!response.hasBegun()) {
      JsonObject created = event("response.created", "response", responseIn("in_progress"));
      response.begin();
      response.send(frame(created));
    }
  }

  private void send(JsonObject event) throws IOException {
    raw(frame(event));
  }

  private void raw(String text) throws IOException {
    created();
    response.send(text);
  }

  private void end(JsonObject event) throws IOException {
    send(event);
    response.end();
  }

  private static String frame(JsonObject event) {
    return "event: " + event.get("type").getAsString() + "\ndata: " + event + "\n\n";
  }

  private String id(String kind) {
    return kind + "_" + number + "_" + output.size();
  }

  private static JsonObject itemOf(String type, String id) {
    JsonObject item = new JsonObject();
    item.addProperty("type", type);
    item.addProperty("id", id);
    return item;
  }

  private static JsonObject event(String type, String member, JsonObject value) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add(member, value);
    return event;
  }

  private static JsonObject delta(
      String type, String itemId, String indexMember, int index, String delta) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.addProperty("item_id", itemId);
    event.addProperty(indexMember, index);
    event.addProperty("delta", delta);
    return event;
  }

  private static JsonArray parts(String type, List<String> texts) {
    JsonArray parts = new JsonArray();
    for (String text : texts) {
      JsonObject part = new JsonObject();
      part.addProperty("type", type);
      part.addProperty("text", text);
      parts.add(part);
    }
    return parts;
  }

  static List<String> texts(JsonObject wish, String member) {
    List<String> texts = new ArrayList<>();
    if (wish.has(member)) {
      wish.getAsJsonArray(member).forEach(text -> texts.add(text.getAsString()));
    }
    return texts;
  }

  static List<String> deltas(JsonObject wish) {
    if (!wish.has("repeat")) {
      return chunks(wish.get("text").getAsString(), wish);
    }
    List<String> deltas = new ArrayList<>();
    for (int i = 0; i < wish.get("count").getAsInt(); i++) {
      deltas.add(wish.get("repeat").getAsString().replace("{i}", String.valueOf(i)));
    }
    return deltas;
  }

  static List<String> chunks(String text, JsonObject wish) {
    int size = wish.has("chunk") ? wish.get("chunk").getAsInt() : Integer.MAX_VALUE;
    int[] points = text.codePoints().toArray();
    List<String> chunks = new ArrayList<>();
    for (int i = 0; i < points.length; ) {
      int length = Math.min(size, points.length - i);
      chunks.add(new String(points, i, length));
      i += length;
    }
    return chunks;
  }
}
