package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/// Renders a request as the JSON that the Responses API takes. The same request gives the same
/// bytes, and a longer conversation begins with the bytes of the shorter one: prompt caches live on
/// that.
final class RequestBody {
  private RequestBody() {}

  static String render(ModelRequest request) {
    JsonObject body = new JsonObject();
    body.addProperty("model", request.model().slug());
    body.addProperty("stream", true);
    body.add("input", input(request));
    body.add("tools", tools(request));
    body.addProperty("tool_choice", "auto");
    body.addProperty("parallel_tool_calls", request.purpose() instanceof Purpose.Step);
    body.add("reasoning", reasoning(request));
    body.addProperty("store", false);
    JsonArray include = new JsonArray();
    include.add("reasoning.encrypted_content");
    body.add("include", include);
    String tier = request.manner().serviceTier();
    if (tier != null && !tier.equals("default")) {
      body.addProperty("service_tier", tier);
    }
    body.addProperty("prompt_cache_key", request.threadId().value());
    JsonObject text = text(request);
    if (!text.isEmpty()) {
      body.add("text", text);
    }
    body.add("client_metadata", clientMetadata(request));
    return body.toString();
  }

  private static JsonArray input(ModelRequest request) {
    JsonArray input = new JsonArray();
    request.input().forEach(item -> input.add(item.json()));
    return input;
  }

  private static JsonArray tools(ModelRequest request) {
    JsonArray tools = new JsonArray();
    request.tools().forEach(tools::add);
    return tools;
  }

  private static JsonObject text(ModelRequest request) {
    JsonObject text = new JsonObject();
    String verbosity = request.model().verbosity();
    if (verbosity != null) {
      text.addProperty("verbosity", verbosity);
    }
    JsonObject schema = request.manner().outputSchema();
    if (schema != null) {
      JsonObject format = new JsonObject();
      format.addProperty("type", "json_schema");
      format.addProperty("strict", true);
      format.addProperty("name", "codex_output_schema");
      format.add("schema", schema);
      text.add("format", format);
    }
    return text;
  }

  private static JsonObject reasoning(ModelRequest request) {
    JsonObject reasoning = new JsonObject();
    String effort = request.manner().effort();
    if (effort != null) {
      reasoning.addProperty("effort", effort);
    }
    String wanted = request.manner().summary();
    String summary = wanted == null ? request.model().summary() : ModelInfo.orNone(wanted);
    if (summary != null) {
      reasoning.addProperty("summary", summary);
    }
    return reasoning;
  }

  private static JsonObject clientMetadata(ModelRequest request) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("session_id", request.threadId().value());
    metadata.addProperty("thread_id", request.threadId().value());
    metadata.addProperty("turn_id", request.turnId().value());
    metadata.addProperty("root_turn_id", request.turnId().value());
    metadata.addProperty("x-codex-window-id", TurnMetadata.windowId(request));
    metadata.addProperty("x-codex-turn-metadata", TurnMetadata.of(request));
    return metadata;
  }
}
