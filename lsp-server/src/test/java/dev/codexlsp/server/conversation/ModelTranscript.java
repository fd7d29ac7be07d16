package dev.codexlsp.server.conversation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.model.ModelCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each request told the model that the one before had not: of the first request of a thread
/// the last item, which is the prompt. A request that does not go on from the one before says from
/// which item on it differs, and its context is named, not shown.
final class ModelTranscript {
  private final Normaliser normaliser;
  private final Map<String, JsonArray> known = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private int number;

  ModelTranscript(Normaliser normaliser) {
    this.normaliser = normaliser;
  }

  List<String> of(List<ModelCall> calls) {
    calls.forEach(this::add);
    return lines;
  }

  private void add(ModelCall call) {
    JsonObject body = call.body();
    JsonArray input = body.getAsJsonArray(call.isChat() ? "messages" : "input");
    @Nullable JsonArray before = known.put(call.headers().getOrDefault("thread-id", ""), input);
    int start = before == null ? input.size() - 1 : commonItems(before, input);
    boolean isAnother = before != null && start < before.size();
    lines.add(
        "request "
            + ++number
            + (call.isChat() ? "" : purpose(body))
            + (isAnother ? " from item " + start : ""));
    for (JsonElement item : input.asList().subList(start, input.size())) {
      String line = normaliser.normalised(item);
      lines.add(isAnother && isContext(line) ? "context" : line);
    }
  }

  private static int commonItems(JsonArray before, JsonArray now) {
    int common = 0;
    while (common < before.size()
        && common < now.size()
        && before.get(common).equals(now.get(common))) {
      common++;
    }
    return common;
  }

  /// Empty for the steps of a thread's first window.
  private static String purpose(JsonObject body) {
    JsonObject metadata =
        JsonParser.parseString(
                body.getAsJsonObject("client_metadata").get("x-codex-turn-metadata").getAsString())
            .getAsJsonObject();
    int window = metadata.get("window_number").getAsInt();
    String purpose = window == 0 ? "" : " window " + window;
    JsonElement compaction = metadata.get("compaction");
    if (compaction == null) {
      return purpose;
    }
    return purpose
        + " compaction "
        + compaction.getAsJsonObject().get("trigger").getAsString()
        + " "
        + compaction.getAsJsonObject().get("phase").getAsString()
        + ", "
        + body.getAsJsonArray("tools").size()
        + " tools, "
        + (body.get("parallel_tool_calls").getAsBoolean() ? "parallel" : "not parallel");
  }

  private static boolean isContext(String item) {
    return item.contains("\"role\":\"developer\"") || item.contains("\"<environment_context>");
  }
}
