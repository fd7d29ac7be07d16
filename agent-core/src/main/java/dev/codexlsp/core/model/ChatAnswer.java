package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes items out of the pieces of an answer: chat completions stream text, thoughts and calls
/// side by side, the agent knows one item after the other. A message or a thought is an item of its
/// own as long as nothing else comes in between; calls are whole at the end.
///
/// Belongs to the thread that reads the answer.
final class ChatAnswer {
  private final ChatTools tools;
  private final Supplier<String> ids;
  private final Set<String> callIds;
  private final ChatCalls calls = new ChatCalls();
  private int flushedCalls;
  private long length;
  private @Nullable Open open;

  /// What a text belongs to.
  private enum Kind {
    MESSAGE,
    THOUGHT
  }

  /// An item whose text is arriving.
  private record Open(Kind kind, String id, StringBuilder text) {}

  /// @param callIds the ids of calls that the conversation has used; nothing else will have them
  ChatAnswer(ChatTools tools, Supplier<String> ids, Set<String> callIds) {
    this.tools = tools;
    this.ids = ids;
    this.callIds = new HashSet<>(callIds);
  }

  /// How many characters have come.
  long length() {
    return length;
  }

  void say(String delta, List<ModelEvent> events) {
    Open message = open(Kind.MESSAGE, delta, events);
    if (message != null) {
      events.add(new ModelEvent.OutputTextDelta(message.id(), delta));
    }
  }

  void think(String delta, List<ModelEvent> events) {
    Open thought = open(Kind.THOUGHT, delta, events);
    if (thought != null) {
      events.add(new ModelEvent.ReasoningTextDelta(thought.id(), 0, delta));
    }
  }

  void call(JsonArray pieces, List<ModelEvent> events) {
    if (!pieces.isEmpty()) {
      length += pieces.toString().length();
      endText(events);
      calls.add(pieces);
    }
  }

  /// Completes the text that is open.
  void endText(List<ModelEvent> events) {
    Open ended = open;
    open = null;
    if (ended != null) {
      events.add(new ModelEvent.ItemDone(item(ended.kind(), ended.id(), ended.text().toString())));
    }
  }

  /// Completes everything.
  void end(List<ModelEvent> events) {
    endText(events);
    List<ChatCalls.Call> all = calls.all();
    for (ChatCalls.Call call : all.subList(flushedCalls, all.size())) {
      events.add(
          new ModelEvent.ItemDone(
              tools.call(ids.get(), callId(call.id()), call.name(), call.arguments())));
    }
    flushedCalls = all.size();
  }

  /// Nothing to add to is opened by nothing.
  private @Nullable Open open(Kind kind, String delta, List<ModelEvent> events) {
    if (delta.isEmpty()) {
      return null;
    }
    length += delta.length();
    Open current = open;
    if (current == null || current.kind() != kind) {
      endText(events);
      String prefix =
          switch (kind) {
            case MESSAGE -> "msg_";
            case THOUGHT -> "rs_";
          };
      current = new Open(kind, prefix + ids.get(), new StringBuilder());
      open = current;
      events.add(new ModelEvent.ItemAdded(item(kind, current.id(), "")));
    }
    current.text().append(delta);
    return current;
  }

  /// Some servers give none, and some count anew in every answer.
  private String callId(String given) {
    String id = given.isEmpty() || callIds.contains(given) ? "call_" + ids.get() : given;
    callIds.add(id);
    return id;
  }

  private static ResponseItem item(Kind kind, String id, String text) {
    JsonObject item = new JsonObject();
    switch (kind) {
      case MESSAGE -> {
        item.addProperty("type", "message");
        item.addProperty("id", id);
        item.addProperty("role", "assistant");
        item.add("content", parts("output_text", text));
      }
      case THOUGHT -> {
        item.addProperty("type", "reasoning");
        item.addProperty("id", id);
        item.add("summary", new JsonArray());
        item.add("content", parts("reasoning_text", text));
      }
    }
    return new ResponseItem(item);
  }

  private static JsonArray parts(String type, String text) {
    JsonArray parts = new JsonArray();
    if (!text.isEmpty()) {
      JsonObject part = new JsonObject();
      part.addProperty("type", type);
      part.addProperty("text", text);
      parts.add(part);
    }
    return parts;
  }
}
