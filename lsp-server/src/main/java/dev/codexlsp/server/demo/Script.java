package dev.codexlsp.server.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the scripted model says to one request. Belongs to the thread that serves the request.
///
/// What it answers depends on the last item of the conversation alone: a prompt is answered with a
/// command, or with endless counting if it asks for that; the output of a command with the output.
final class Script {
  /// A prompt with this word in it is answered until somebody stops it.
  static final String COUNT = "Count";

  static final String COMMAND = "cat notes.txt; wc -l < notes.txt";

  private static final int MAX_COUNT = 1_000;

  private final Events out;
  private final Duration pace;
  private final JsonArray output = new JsonArray();

  interface Events {
    void send(JsonObject event) throws IOException;
  }

  Script(Events out, Duration pace) {
    this.out = out;
    this.pace = pace;
  }

  void answer(JsonObject request) throws IOException, InterruptedException {
    JsonObject last = last(request);
    out.send(event("response.created", "response", response("in_progress")));
    if (text(last, "type").equals("function_call_output")) {
      message(words(conclusion(text(last, "output"))));
    } else if (last.toString().contains(COUNT)) {
      message(numbers());
    } else {
      reason("The scripted model pretends to think.");
      message(words("I am scripted, not a real model. Let me look into notes.txt."));
      call();
    }
    out.send(event("response.completed", "response", completed()));
  }

  private static String conclusion(String toolOutput) {
    List<String> lines = toolOutput.lines().map(String::strip).toList();
    return toolOutput.contains("Output:")
        ? "You have " + lines.getLast() + " notes; I read that in the command's output."
        : "I was told: " + String.join(" ", lines) + ". Then I do not know what is in it.";
  }

  private static List<String> words(String text) {
    return List.of(text.split("(?<= )"));
  }

  private static List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= MAX_COUNT; i++) {
      numbers.add(i + " ");
    }
    return numbers;
  }

  private void reason(String text) throws IOException, InterruptedException {
    JsonObject item = item("reasoning", "rs");
    item.add("summary", new JsonArray());
    out.send(event("response.output_item.added", "item", item));
    JsonObject part = deltaEvent("response.reasoning_summary_part.added", item);
    part.addProperty("summary_index", 0);
    out.send(part);
    for (String word : words(text)) {
      JsonObject delta = deltaEvent("response.reasoning_summary_text.delta", item);
      delta.addProperty("summary_index", 0);
      delta.addProperty("delta", word);
      out.send(delta);
      Thread.sleep(pace);
    }
    JsonObject done = item.deepCopy();
    done.add("summary", parts("summary_text", text));
    finish(done);
  }

  private void message(List<String> words) throws IOException, InterruptedException {
    JsonObject item = item("message", "msg");
    item.addProperty("role", "assistant");
    item.add("content", new JsonArray());
    out.send(event("response.output_item.added", "item", item));
    for (String word : words) {
      JsonObject delta = deltaEvent("response.output_text.delta", item);
      delta.addProperty("content_index", 0);
      delta.addProperty("delta", word);
      out.send(delta);
      Thread.sleep(pace);
    }
    JsonObject done = item.deepCopy();
    done.add("content", parts("output_text", String.join("", words)));
    finish(done);
  }

  private void call() throws IOException {
    JsonObject arguments = new JsonObject();
    arguments.addProperty("cmd", COMMAND);
    JsonObject item = item("function_call", "fc");
    item.addProperty("name", "exec_command");
    item.addProperty("call_id", "call_" + System.nanoTime());
    item.addProperty("arguments", arguments.toString());
    out.send(event("response.output_item.added", "item", item));
    finish(item);
  }

  private void finish(JsonObject item) throws IOException {
    output.add(item);
    out.send(event("response.output_item.done", "item", item));
  }

  private JsonObject item(String type, String prefix) {
    JsonObject item = new JsonObject();
    item.addProperty("type", type);
    item.addProperty("id", prefix + "_" + System.nanoTime() + "_" + output.size());
    return item;
  }

  private static JsonArray parts(String type, String text) {
    JsonObject part = new JsonObject();
    part.addProperty("type", type);
    part.addProperty("text", text);
    JsonArray parts = new JsonArray();
    parts.add(part);
    return parts;
  }

  private JsonObject completed() {
    JsonObject usage = new JsonObject();
    usage.addProperty("input_tokens", 10);
    usage.addProperty("output_tokens", 5);
    usage.addProperty("total_tokens", 15);
    JsonObject response = response("completed");
    response.add("output", output);
    response.add("usage", usage);
    return response;
  }

  private static JsonObject response(String status) {
    JsonObject response = new JsonObject();
    response.addProperty("id", "resp_scripted");
    response.addProperty("object", "response");
    response.addProperty("status", status);
    return response;
  }

  private static JsonObject event(String type, String member, JsonObject value) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add(member, value);
    return event;
  }

  private static JsonObject deltaEvent(String type, JsonObject item) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add("item_id", item.get("id"));
    return event;
  }

  private static JsonObject last(JsonObject request) {
    return request.get("input") instanceof JsonArray input
            && !input.isEmpty()
            && input.get(input.size() - 1) instanceof JsonObject item
        ? item
        : new JsonObject();
  }

  private static String text(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
  }
}
