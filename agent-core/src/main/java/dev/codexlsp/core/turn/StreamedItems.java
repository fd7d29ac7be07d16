package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.tool.TurnIo;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what a model streams into items that a client sees: each started, its deltas, then
/// completed, also when the stream never finished it. Confined to the turn's thread.
final class StreamedItems {
  private final ThreadId threadId;
  private final TurnId turnId;
  private final TurnIo io;
  private final Clock clock;
  private final Map<String, Open> open = new LinkedHashMap<>();

  /// An item that has been started, with the text that has arrived so far.
  private sealed interface Open {
    Item item(ItemId id);

    record Message(@Nullable String phase, StringBuilder text) implements Open {
      @Override
      public Item item(ItemId id) {
        return new Item.AgentMessage(id, text.toString(), phase);
      }
    }

    record Thoughts(List<StringBuilder> summary, List<StringBuilder> content) implements Open {
      @Override
      public Item item(ItemId id) {
        return new Item.Reasoning(
            id,
            summary.stream().map(StringBuilder::toString).toList(),
            content.stream().map(StringBuilder::toString).toList());
      }
    }
  }

  StreamedItems(ThreadId threadId, TurnId turnId, TurnIo io, Clock clock) {
    this.threadId = threadId;
    this.turnId = turnId;
    this.io = io;
    this.clock = clock;
  }

  void added(ResponseItem item) throws InterruptedException {
    switch (item.type()) {
      case "message" -> openMessage(item.text("id"), phase(item));
      case "reasoning" -> openThoughts(item.text("id"));
      default -> {
        // Calls are shown by the tools that run them; other kinds have no face of their own.
      }
    }
  }

  void textDelta(ModelEvent.OutputTextDelta delta) throws InterruptedException {
    openMessage(delta.itemId(), null).text().append(delta.delta());
    io.emit(
        new ThreadEvent.AgentMessageDelta(
            threadId, turnId, new ItemId(delta.itemId()), delta.delta()));
  }

  void summaryPartAdded(ModelEvent.ReasoningSummaryPartAdded part) throws InterruptedException {
    openThoughts(part.itemId());
    io.emit(
        new ThreadEvent.ReasoningSummaryPartAdded(
            threadId, turnId, new ItemId(part.itemId()), part.summaryIndex()));
  }

  void summaryDelta(ModelEvent.ReasoningSummaryTextDelta delta) throws InterruptedException {
    part(openThoughts(delta.itemId()).summary(), delta.summaryIndex()).append(delta.delta());
    io.emit(
        new ThreadEvent.ReasoningSummaryTextDelta(
            threadId, turnId, new ItemId(delta.itemId()), delta.delta(), delta.summaryIndex()));
  }

  void reasoningDelta(ModelEvent.ReasoningTextDelta delta) throws InterruptedException {
    part(openThoughts(delta.itemId()).content(), delta.contentIndex()).append(delta.delta());
    io.emit(
        new ThreadEvent.ReasoningTextDelta(
            threadId, turnId, new ItemId(delta.itemId()), delta.delta(), delta.contentIndex()));
  }

  /// The whole item replaces what was streamed.
  void done(ResponseItem item) throws InterruptedException {
    String id = item.text("id");
    switch (item.type()) {
      case "message" -> {
        Open.Message message = openMessage(id, phase(item));
        complete(
            id,
            new Item.AgentMessage(
                new ItemId(id), String.join("", item.texts("content")), message.phase()));
      }
      case "reasoning" -> {
        openThoughts(id);
        complete(
            id, new Item.Reasoning(new ItemId(id), item.texts("summary"), item.texts("content")));
      }
      default -> {
        // See added.
      }
    }
  }

  /// The words of the messages that are open, as a history has them.
  List<ResponseItem> unfinishedMessages() {
    List<ResponseItem> words = new ArrayList<>();
    for (Open item : open.values()) {
      if (item instanceof Open.Message message && !message.text().isEmpty()) {
        words.add(ResponseItem.message("assistant", message.text().toString()));
      }
    }
    return words;
  }

  /// Completes what the stream left open, with the text so far.
  void completeOpen() throws InterruptedException {
    for (String id : List.copyOf(open.keySet())) {
      Open item = open.get(id);
      if (item != null) {
        complete(id, item.item(new ItemId(id)));
      }
    }
  }

  private void complete(String id, Item item) throws InterruptedException {
    // Told first: an interrupt at this point leaves the item open, and it is completed later.
    io.emit(new ThreadEvent.ItemCompleted(threadId, turnId, item, clock.millis()));
    open.remove(id);
  }

  private Open.Message openMessage(String id, @Nullable String phase) throws InterruptedException {
    if (open.get(id) instanceof Open.Message message) {
      return message;
    }
    Open.Message message = new Open.Message(phase, new StringBuilder());
    start(id, message);
    return message;
  }

  private Open.Thoughts openThoughts(String id) throws InterruptedException {
    if (open.get(id) instanceof Open.Thoughts thoughts) {
      return thoughts;
    }
    Open.Thoughts thoughts = new Open.Thoughts(new ArrayList<>(), new ArrayList<>());
    start(id, thoughts);
    return thoughts;
  }

  private void start(String id, Open item) throws InterruptedException {
    // Told first: when an interrupt keeps a client from hearing of the item, it must not hear of
    // its completion either.
    io.emit(
        new ThreadEvent.ItemStarted(threadId, turnId, item.item(new ItemId(id)), clock.millis()));
    open.put(id, item);
  }

  /// Parts may be announced or not; an index far beyond the end is a server's mistake and lands in
  /// the next part.
  private static StringBuilder part(List<StringBuilder> parts, int index) {
    if (index >= parts.size() || index < 0) {
      parts.add(new StringBuilder());
      return parts.getLast();
    }
    return parts.get(index);
  }

  private static @Nullable String phase(ResponseItem item) {
    String phase = item.text("phase");
    return phase.isEmpty() ? null : phase;
  }
}
