package dev.codexlsp.core.turn;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told of a message with a plan in it, wherever an interrupt comes.
class PlanIoTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final List<String> DELTAS =
      List.of("Intro.\n<prop", "osed_plan>\n- one\n", "</proposed_plan>\nOutro.");
  private static final ResponseItem MESSAGE =
      new ResponseItem(
          JsonParser.parseString(
                  """
                  {"type":"message","id":"m1","role":"assistant","content":[{"type":"output_text",
                   "text":"Intro.\\n<proposed_plan>\\n- one\\n</proposed_plan>\\nOutro."}]}\
                  """)
              .getAsJsonObject());

  private static final Item PLAN = new Item.Plan(new ItemId("turn-plan"), "- one\n");
  private static final Item WORDS = new Item.AgentMessage(new ItemId("m1"), "Intro.\nOutro.", null);

  /// As a model's stream tells it: what an interrupt leaves open is completed afterwards.
  private static List<ThreadEvent> tell(boolean streams, FakeIo io) throws InterruptedException {
    StreamedItems items =
        new StreamedItems(new ThreadId("thread"), new TurnId("turn"), new PlanIo(io, CLOCK), CLOCK);
    try {
      items.added(MESSAGE);
      for (String delta : streams ? DELTAS : List.<String>of()) {
        items.textDelta(new ModelEvent.OutputTextDelta("m1", delta));
      }
      items.done(MESSAGE);
    } catch (InterruptedException interrupt) {
      items.completeOpen();
    }
    return io.events;
  }

  private static List<Item> completed(List<ThreadEvent> events) {
    return events.stream()
        .filter(ThreadEvent.ItemCompleted.class::isInstance)
        .map(event -> ((ThreadEvent.ItemCompleted) event).item())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePlanIsAnItemAndTheRestAnother(boolean streams) throws Exception {
    List<ThreadEvent> events = tell(streams, new FakeIo(0));
    ItemsBalance.check(events);
    assertThat(completed(events)).containsExactly(PLAN, WORDS);
  }

  static Stream<Arguments> interrupts() {
    return Stream.of(true, false)
        .flatMap(streams -> IntStream.rangeClosed(1, 9).mapToObj(n -> Arguments.of(streams, n)));
  }

  @ParameterizedTest
  @MethodSource("interrupts")
  void anInterruptLeavesNothingOpenAndTellsNothingTwice(boolean streams, int at) throws Exception {
    List<ThreadEvent> events = tell(streams, new FakeIo(at));
    ItemsBalance.check(events);
    assertThat(completed(events).stream().map(Item::id))
        .doesNotHaveDuplicates()
        .isSubsetOf(PLAN.id(), WORDS.id());
  }

  @Test
  void aSecondPlanHasAnIdOfItsOwn() throws Exception {
    FakeIo io = new FakeIo(0);
    PlanIo plans = new PlanIo(io, CLOCK);
    for (String id : List.of("a", "b")) {
      plans.emit(
          new ThreadEvent.ItemCompleted(
              new ThreadId("thread"),
              new TurnId("turn"),
              new Item.AgentMessage(
                  new ItemId(id), "<proposed_plan>\n- " + id + "\n</proposed_plan>", null),
              0));
    }
    assertThat(completed(io.events))
        .containsExactly(
            new Item.Plan(new ItemId("turn-plan"), "- a\n"),
            new Item.Plan(new ItemId("turn-plan-2"), "- b\n"));
  }
}
