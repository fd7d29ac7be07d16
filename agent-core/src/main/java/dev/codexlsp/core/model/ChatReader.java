package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.thread.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the chunks of a chat completion.
///
/// As lenient as a client can be: a server may leave out ids, the usage and `[DONE]`, may send
/// whole messages instead of pieces, and has two names for thoughts. What is not forgiven is an
/// answer that breaks off without a reason to finish.
final class ChatReader implements EventDecoder {
  private static final System.Logger LOG = System.getLogger(ChatReader.class.getName());

  private static final String DONE = "[DONE]";

  /// Reasons to finish that mean that there would have been more.
  private static final Set<String> CUT_SHORT = Set.of("length", "content_filter");

  /// Where a server does not count tokens, we guess: compaction depends on it.
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final ChatAnswer answer;
  private final long asked;
  private final StreamFailures failures;
  private String id = "";
  private String finish = "";
  private @Nullable JsonObject usage;

  /// @param asked how many characters the request had
  ChatReader(ChatAnswer answer, long asked, StreamFailures failures) {
    this.answer = answer;
    this.asked = asked;
    this.failures = failures;
  }

  @Override
  public String lastEvent() {
    return DONE;
  }

  @Override
  public List<ModelEvent> decode(String data) throws ModelException {
    if (data.strip().equals(DONE)) {
      return complete();
    }
    JsonObject chunk = Json.object(data);
    if (chunk == null) {
      LOG.log(
          System.Logger.Level.DEBUG, "skipped a malformed chunk of {0} characters", data.length());
      return List.of();
    }
    if (Json.text(chunk, "object").equals("error")) {
      throw failures.failed(chunk);
    }
    refuseErrors(chunk);
    if (chunk.get("usage") instanceof JsonObject counted) {
      usage = counted;
    }
    id = id.isEmpty() ? Json.text(chunk, "id") : id;
    List<ModelEvent> events = new ArrayList<>();
    if (chunk.get("choices") instanceof JsonArray choices
        && !choices.isEmpty()
        && choices.get(0) instanceof JsonObject choice) {
      read(choice, events);
    }
    return events;
  }

  @Override
  public List<ModelEvent> atEnd() throws ModelException {
    if (finish.isEmpty()) {
      throw failures.ended(lastEvent());
    }
    return complete();
  }

  private void refuseErrors(JsonObject holder) throws ModelException {
    JsonElement error = holder.get("error");
    if (error instanceof JsonObject said) {
      throw failures.failed(said);
    }
    if (error instanceof JsonPrimitive text) {
      JsonObject said = new JsonObject();
      said.addProperty("message", text.getAsString());
      throw failures.failed(said);
    }
  }

  private void read(JsonObject choice, List<ModelEvent> events) throws ModelException {
    refuseErrors(choice);
    JsonObject delta = Json.child(choice, choice.has("delta") ? "delta" : "message");
    String thought = Json.text(delta, "reasoning_content");
    answer.think(thought.isEmpty() ? Json.text(delta, "reasoning") : thought, events);
    answer.say(said(delta.get("content")), events);
    answer.say(Json.text(delta, "refusal"), events);
    if (delta.get("tool_calls") instanceof JsonArray pieces) {
      answer.call(pieces, events);
    }
    String reason = Json.text(choice, "finish_reason");
    if (!reason.isEmpty()) {
      finish = reason;
      // What comes of an answer that was cut short is the text; a call that broke off is none.
      answer.endText(events);
    }
  }

  private static String said(@Nullable JsonElement content) {
    if (content instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    StringBuilder texts = new StringBuilder();
    if (content instanceof JsonArray parts) {
      for (JsonElement part : parts) {
        texts.append(part instanceof JsonObject object ? Json.text(object, "text") : "");
      }
    }
    return texts.toString();
  }

  private List<ModelEvent> complete() throws ModelException {
    if (CUT_SHORT.contains(finish)) {
      throw failures.incomplete(finish);
    }
    List<ModelEvent> events = new ArrayList<>();
    answer.end(events);
    events.add(new ModelEvent.Completed(id, usage()));
    return events;
  }

  private TokenUsage.Breakdown usage() {
    if (usage == null) {
      long input = tokens(asked);
      long output = tokens(answer.length());
      return new TokenUsage.Breakdown(input + output, input, 0, 0, output, 0);
    }
    long input = Json.number(usage, "prompt_tokens");
    long output = Json.number(usage, "completion_tokens");
    return new TokenUsage.Breakdown(
        usage.has("total_tokens") ? Json.number(usage, "total_tokens") : input + output,
        input,
        Json.number(Json.child(usage, "prompt_tokens_details"), "cached_tokens"),
        0,
        output,
        Json.number(Json.child(usage, "completion_tokens_details"), "reasoning_tokens"));
  }

  private static long tokens(long characters) {
    return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
  }
}
