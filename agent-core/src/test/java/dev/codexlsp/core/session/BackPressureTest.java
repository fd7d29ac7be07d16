package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ModelStream;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TurnId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that stops reading in the middle of a turn holds back the model, and loses nothing.
class BackPressureTest {
  /// The client stops at the start of the user's message. The three signals before that have given
  /// their credits back; of those in flight four are not deltas (the message's start and end, its
  /// place in the history, the start of the answer). One delta more has been taken from the model
  /// and waits.
  private static final int TAKEN_FROM_THE_MODEL = TurnLine.CREDITS - 4 + 1;

  @TempDir Path home;
  private Stage stage;
  private final CountDownLatch readsAgain = new CountDownLatch(1);
  private final AtomicInteger taken = new AtomicInteger();
  private final FakeSubscriber client =
      new FakeSubscriber(event -> {
        if (event instanceof ThreadEvent.ItemStarted started
            && started.item() instanceof Item.UserMessage) {
          Patience.await(readsAgain);
        }
      });

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, "");
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  /// A model that says so many numbers, each as a delta.
  private ModelClient counting(int count) {
    return _ ->
        new ModelStream() {
          @Override
          public ModelEvent next() {
            int number = taken.getAndIncrement();
            return number == count
                ? FakeModel.COMPLETED
                : new ModelEvent.OutputTextDelta("m1", number + " ");
          }

          @Override
          public void close() {}
        };
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(n -> n + " ").collect(Collectors.joining());
  }

  private static List<String> deltas(List<ThreadEvent> events) {
    return events.stream()
        .filter(ThreadEvent.AgentMessageDelta.class::isInstance)
        .map(delta -> ((ThreadEvent.AgentMessageDelta) delta).delta())
        .toList();
  }

  private void awaitStandstill() {
    Patience.await(() -> taken.get() == TAKEN_FROM_THE_MODEL, "the model to be held back");
  }

  @Test
  void nothingIsLostWhenTheClientReadsAgain() throws Exception {
    LiveThread thread =
        stage.open("thread-1", Stage.ASKING, stage.launcher(counting(5_000)), client);
    Told told = thread.start("go");
    awaitStandstill();
    assertThat(client.events()).last().isEqualTo(told.started());
    readsAgain.countDown();

    List<ThreadEvent> events = client.untilTurnsEnded(1);
    assertThat(String.join("", deltas(events))).isEqualTo(numbers(5_000));
    assertThat(events)
        .endsWith(
            told.usage(0),
            told.completedItem(Told.said("m1", numbers(5_000))),
            told.idle(),
            told.completed(Told.said("m1", numbers(5_000))));
    thread.close();
  }

  /// The interrupt stands in the mailbox behind what the turn had sent. While that is told, credits
  /// come back, so the turn may send as much again, and no more.
  @Test
  void anInterruptGetsThrough() throws Exception {
    LiveThread thread =
        stage.open("thread-1", Stage.ASKING, stage.launcher(counting(Integer.MAX_VALUE)), client);
    Told told = thread.start("go");
    awaitStandstill();
    FakeReply<TurnId> reply = thread.interrupt(told.turn());
    assertThat(taken).hasValue(TAKEN_FROM_THE_MODEL);
    readsAgain.countDown();

    assertThat(reply.value()).isEqualTo(told.turn());
    List<ThreadEvent> events = client.untilTurnsEnded(1);
    List<String> deltas = deltas(events);
    assertThat(String.join("", deltas)).isEqualTo(numbers(deltas.size()));
    assertThat(deltas.size()).isLessThanOrEqualTo(2 * TurnLine.CREDITS);
    ItemsBalance.check(events);
    assertThat(events).element(events.size() - 2).isEqualTo(told.idle());
    thread.close();
  }
}
