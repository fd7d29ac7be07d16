package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.TokenUsage;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns the JSON of one server-sent event into what the agent acts on.
///
/// A member that is missing or of the wrong type reads as empty or 0, as lenient as a client can
/// be: the answer is worth more than its book-keeping.
record EventReader(StreamFailures failures) implements EventDecoder {
  private static final System.Logger LOG = System.getLogger(EventReader.class.getName());

  @Override
  public List<ModelEvent> decode(String data) throws ModelException {
    ModelEvent event = read(data);
    return event == null ? List.of() : List.of(event);
  }

  @Override
  public List<ModelEvent> atEnd() throws ModelException {
    throw failures.ended(lastEvent());
  }

  @Override
  public String lastEvent() {
    return "response.completed";
  }

  /// The event, or null when there is nothing in it for us.
  ///
  /// @throws ModelException when the event says that the response has failed
  @Nullable ModelEvent read(String data) throws ModelException {
    JsonObject event = Json.object(data);
    if (event == null) {
      LOG.log(
          System.Logger.Level.DEBUG, "skipped a malformed event of {0} characters", data.length());
      return null;
    }
    return switch (Json.text(event, "type")) {
      case "response.output_item.added" -> item(event, ModelEvent.ItemAdded::new);
      case "response.output_item.done" -> item(event, ModelEvent.ItemDone::new);
      case "response.output_text.delta" ->
          new ModelEvent.OutputTextDelta(itemId(event), delta(event));
      case "response.reasoning_summary_part.added" ->
          new ModelEvent.ReasoningSummaryPartAdded(itemId(event), index(event, "summary_index"));
      case "response.reasoning_summary_text.delta" ->
          new ModelEvent.ReasoningSummaryTextDelta(
              itemId(event), index(event, "summary_index"), delta(event));
      case "response.reasoning_text.delta" ->
          new ModelEvent.ReasoningTextDelta(
              itemId(event), index(event, "content_index"), delta(event));
      case "response.completed" -> completed(Json.child(event, "response"));
      case "response.failed" ->
          throw failures.failed(Json.child(Json.child(event, "response"), "error"));
      case "response.incomplete" -> throw failures.incomplete(incompleteReason(event));
      default -> null;
    };
  }

  private static @Nullable ModelEvent item(
      JsonObject event, Function<ResponseItem, ModelEvent> kind) {
    return event.get("item") instanceof JsonObject item ? kind.apply(new ResponseItem(item)) : null;
  }

  private static String incompleteReason(JsonObject event) {
    JsonObject response = Json.child(event, "response");
    return Json.text(Json.child(response, "incomplete_details"), "reason");
  }

  private static ModelEvent completed(JsonObject response) {
    return new ModelEvent.Completed(
        Json.text(response, "id"), usage(Json.child(response, "usage")));
  }

  private static TokenUsage.Breakdown usage(JsonObject usage) {
    long input = Json.number(usage, "input_tokens");
    long output = Json.number(usage, "output_tokens");
    JsonObject inputDetails = Json.child(usage, "input_tokens_details");
    return new TokenUsage.Breakdown(
        usage.has("total_tokens") ? Json.number(usage, "total_tokens") : input + output,
        input,
        Json.number(inputDetails, "cached_tokens"),
        Json.number(inputDetails, "cache_write_tokens"),
        output,
        Json.number(Json.child(usage, "output_tokens_details"), "reasoning_tokens"));
  }

  private static String itemId(JsonObject event) {
    return Json.text(event, "item_id");
  }

  private static String delta(JsonObject event) {
    return Json.text(event, "delta");
  }

  private static int index(JsonObject event, String member) {
    return Math.clamp(Json.number(event, member), 0, Integer.MAX_VALUE);
  }
}
