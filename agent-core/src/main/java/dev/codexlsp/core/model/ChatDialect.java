package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Chat completions, as the servers of local models speak them: only what all of them understand is
/// sent, and what they leave out of their answers is made up for.
///
/// Like the other dialect it gives the same bytes for the same request, and the messages of a
/// longer conversation begin with those of the shorter one.
///
/// @param ids makes the ids of items, and of calls that come without one
record ChatDialect(Supplier<String> ids) implements Dialect {
  @Override
  public String path() {
    return "chat/completions";
  }

  @Override
  public Question question(ModelRequest request) {
    ChatTools tools = ChatTools.of(request.tools());
    String body = body(request, tools).toString();
    Set<String> calls =
        request.input().stream()
            .filter(ResponseItem::isCall)
            .map(call -> call.text("call_id"))
            .collect(Collectors.toUnmodifiableSet());
    return new Question(
        body,
        failures -> new ChatReader(new ChatAnswer(tools, ids, calls), body.length(), failures));
  }

  private static JsonObject body(ModelRequest request, ChatTools tools) {
    JsonObject body = new JsonObject();
    body.addProperty("model", request.model().slug());
    body.addProperty("stream", true);
    JsonObject options = new JsonObject();
    options.addProperty("include_usage", true);
    body.add("stream_options", options);
    body.add("messages", ChatMessages.of(request.input()));
    JsonArray definitions = tools.definitions();
    if (!definitions.isEmpty()) {
      body.add("tools", definitions);
    }
    ModelRequest.Manner manner = request.manner();
    if (manner.effort() != null) {
      body.addProperty("reasoning_effort", manner.effort());
    }
    if (manner.outputSchema() != null) {
      body.add("response_format", responseFormat(manner.outputSchema()));
    }
    return body;
  }

  private static JsonObject responseFormat(JsonObject schema) {
    JsonObject described = new JsonObject();
    described.addProperty("name", "codex_output_schema");
    described.addProperty("strict", true);
    described.add("schema", schema);
    JsonObject format = new JsonObject();
    format.addProperty("type", "json_schema");
    format.add("json_schema", described);
    return format;
  }
}
