package dev.codexlsp.core.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.session.ItemsBalance;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedItemsTest {
  private static final ThreadId THREAD = new ThreadId("thread-1");
  private static final TurnId TURN = new TurnId("turn-1");
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1000), ZoneOffset.UTC);

  private static ResponseItem message(String id, String text, String phase) {
    return item(
        """
        {"type":"message","id":"%s","role":"assistant","phase":"%s",
         "content":[{"type":"output_text","text":"%s"}]}\
        """
            .formatted(id, phase, text));
  }

  private static ResponseItem item(String json) {
    return new ResponseItem(JsonParser.parseString(json).getAsJsonObject());
  }

  private static ThreadEvent started(Item item) {
    return new ThreadEvent.ItemStarted(THREAD, TURN, item, 1000);
  }

  private static ThreadEvent completed(Item item) {
    return new ThreadEvent.ItemCompleted(THREAD, TURN, item, 1000);
  }

  private static Item said(String text) {
    return new Item.AgentMessage(new ItemId("m1"), text, "final_answer");
  }

  private static Item thought(List<String> summary, List<String> content) {
    return new Item.Reasoning(new ItemId("rs1"), summary, content);
  }

  private static StreamedItems items(FakeIo io) {
    return new StreamedItems(THREAD, TURN, io, CLOCK);
  }

  @Test
  void theWholeItemReplacesWhatWasStreamed() throws Exception {
    FakeIo io = new FakeIo(0);
    StreamedItems items = items(io);
    items.added(message("m1", "", "final_answer"));
    items.textDelta(new ModelEvent.OutputTextDelta("m1", "Hel"));
    items.done(message("m1", "Hello", "final_answer"));
    items.completeOpen();

    assertThat(io.events)
        .containsExactly(
            started(said("")),
            new ThreadEvent.AgentMessageDelta(THREAD, TURN, new ItemId("m1"), "Hel"),
            completed(said("Hello")));
  }

  /// The interrupt hits the completion itself: it was not told, so it is told when the turn tidies
  /// up, with what was streamed, and not a second time.
  @Test
  void anInterruptBetweenTheLastWordAndTheCompletion() throws Exception {
    FakeIo io = new FakeIo(3);
    StreamedItems items = items(io);
    items.added(message("m1", "", "final_answer"));
    items.textDelta(new ModelEvent.OutputTextDelta("m1", "Hello"));
    assertThatThrownBy(() -> items.done(message("m1", "Hello", "final_answer")))
        .isInstanceOf(InterruptedException.class);
    items.completeOpen();
    items.completeOpen();

    assertThat(io.events)
        .containsExactly(
            started(said("")),
            new ThreadEvent.AgentMessageDelta(THREAD, TURN, new ItemId("m1"), "Hello"),
            completed(said("Hello")));
  }

  @Test
  void anItemWhoseStartWasNotToldIsNotCompleted() throws Exception {
    FakeIo io = new FakeIo(1);
    StreamedItems items = items(io);
    assertThatThrownBy(() -> items.added(message("m1", "", "final_answer")))
        .isInstanceOf(InterruptedException.class);
    items.completeOpen();

    assertThat(io.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void whateverAnInterruptHitsWhatWasStartedIsCompleted(int interruptedEvent) throws Exception {
    FakeIo io = new FakeIo(interruptedEvent);
    StreamedItems items = items(io);
    try {
      items.added(item("{\"type\":\"reasoning\",\"id\":\"rs1\"}"));
      items.summaryPartAdded(new ModelEvent.ReasoningSummaryPartAdded("rs1", 0));
      items.summaryDelta(new ModelEvent.ReasoningSummaryTextDelta("rs1", 0, "Hm"));
      items.reasoningDelta(new ModelEvent.ReasoningTextDelta("rs1", 0, "raw"));
      items.textDelta(new ModelEvent.OutputTextDelta("m1", "Early"));
      items.done(item("{\"type\":\"reasoning\",\"id\":\"rs1\"}"));
      items.done(message("m1", "Early", "final_answer"));
      items.done(message("m2", "Whole at once", ""));
    } catch (InterruptedException interrupt) {
      assertThat(interruptedEvent).isPositive();
    }
    items.completeOpen();
    ItemsBalance.check(io.events);
  }

  @Test
  void whatStaysOpenIsCompletedWithTheTextSoFar() throws Exception {
    FakeIo io = new FakeIo(0);
    StreamedItems items = items(io);
    items.summaryDelta(new ModelEvent.ReasoningSummaryTextDelta("rs1", 0, "One"));
    items.summaryDelta(new ModelEvent.ReasoningSummaryTextDelta("rs1", 0, " more"));
    items.summaryDelta(new ModelEvent.ReasoningSummaryTextDelta("rs1", 7, "Far"));
    items.reasoningDelta(new ModelEvent.ReasoningTextDelta("rs1", 0, "raw"));
    items.completeOpen();

    assertThat(io.events)
        .startsWith(started(thought(List.of(), List.of())))
        .endsWith(completed(thought(List.of("One more", "Far"), List.of("raw"))))
        .hasSize(6);
  }

  @Test
  void callsAndUnknownKindsHaveNoFaceOfTheirOwn() throws Exception {
    FakeIo io = new FakeIo(0);
    StreamedItems items = items(io);
    for (String type : List.of("function_call", "web_search_call")) {
      items.added(item("{\"type\":\"" + type + "\",\"id\":\"x1\"}"));
      items.done(item("{\"type\":\"" + type + "\",\"id\":\"x1\"}"));
    }
    items.completeOpen();

    assertThat(io.events).isEmpty();
  }
}
