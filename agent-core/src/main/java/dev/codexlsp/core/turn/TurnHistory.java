package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.UserInput;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the model of one turn has read and said, and how it grows. Confined to the turn's thread.
final class TurnHistory {
  private static final ResponseItem ABORTED =
      ResponseItem.message(
          "user",
          "<turn_aborted>\nThe user ended the previous turn early. What it started may have been"
              + " done in part; look before you rely on it.\n</turn_aborted>");

  private final TurnRequest request;
  private final Supplier<String> ids;
  private final Clock clock;
  private final ConversationIo io;
  private Map<String, String> metadata = Map.of();
  private Function<List<UserInput>, List<ResponseItem>> words;

  /// @param ids makes the ids of the user's messages
  TurnHistory(TurnRequest request, Supplier<String> ids, Clock clock, ConversationIo io) {
    this.request = request;
    this.ids = ids;
    this.clock = clock;
    this.io = io;
    this.words = UserWords.unprepared(request.cwd(), false)::items;
  }

  List<ResponseItem> items() {
    return io.items();
  }

  /// What the client wants the model's service to know now.
  Map<String, String> metadata() {
    return Map.copyOf(metadata);
  }

  void remember(ResponseItem item) {
    io.remember(item);
  }

  /// How the user's words are read from now on. Before, they are read as far as that needs no
  /// preparation: whenever the turn ends, they are in the history.
  void understand(Function<List<UserInput>, List<ResponseItem>> reading) {
    words = reading;
  }

  /// Shows a message of the user and keeps it for the model, also when the turn is interrupted.
  void take(TurnInput input) throws InterruptedException {
    metadata = input.metadata().over(metadata);
    for (AdditionalContext added : input.context()) {
      ResponseItem missing = added.missingIn(io.items());
      if (missing != null) {
        remember(missing);
      }
    }
    if (input.content().isEmpty()) {
      return;
    }
    Item message =
        new Item.UserMessage(new ItemId(ids.get()), input.clientMessageId(), input.content());
    long now = clock.millis();
    List<ResponseItem> read = words.apply(input.content());
    io.emit(new ThreadEvent.ItemStarted(request.threadId(), request.turnId(), message, now));
    // Between the two events: what is shown as complete is remembered.
    read.forEach(this::remember);
    io.emit(new ThreadEvent.ItemCompleted(request.threadId(), request.turnId(), message, now));
  }

  /// Ends the turn before its time.
  void abort() {
    remember(ABORTED);
  }
}
