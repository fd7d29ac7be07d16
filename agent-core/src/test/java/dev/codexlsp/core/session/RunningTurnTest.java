package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.turn.Steering;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnOptions;
import dev.codexlsp.core.turn.TurnOutcome;
import dev.codexlsp.core.turn.TurnWork;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RunningTurnTest {
  private static final TurnId ID = new TurnId("turn-1");
  private static final AcceptedTurn TURN =
      new AcceptedTurn(ID, new TurnWork.Conversation(TurnInput.of(List.of()), TurnOptions.NONE));
  private static final TurnError MODEL =
      new TurnError("the model failed", CodexErrorInfo.Kind.SERVER_OVERLOADED, null);
  private static final TurnError DISK =
      new TurnError("the disk is full", CodexErrorInfo.Kind.OTHER, null);
  private static final TurnError INTERNAL =
      new TurnError("internal error", CodexErrorInfo.Kind.OTHER, null);
  private static final TurnOutcome COMPLETED = new TurnOutcome.Completed();
  private static final TurnOutcome INTERRUPTED = new TurnOutcome.Interrupted();

  private final BlockingQueue<Mail> mailbox = new ArrayBlockingQueue<>(2);

  private RunningTurn turn(Supplier<TurnOutcome> body) {
    return new RunningTurn(TURN, Stage.CLOCK, new Steering(), body, mailbox::add);
  }

  private Mail finished() throws InterruptedException {
    return mailbox.poll(20, TimeUnit.SECONDS);
  }

  private static Turn ended(Turn.Status status, @Nullable TurnError error, List<Item> items) {
    Turn.ItemsView view = items.isEmpty() ? Turn.ItemsView.NOT_LOADED : Turn.ItemsView.SUMMARY;
    long now = Told.NOW / 1000;
    return new Turn(ID, items, view, status, error, now, now, 0L);
  }

  @Test
  void anInterruptBeforeTheTurnRunsIsNotLost() throws Exception {
    RunningTurn turn = turn(() -> Thread.currentThread().isInterrupted() ? INTERRUPTED : COMPLETED);
    turn.interrupt();
    turn.run();
    assertThat(finished()).isEqualTo(new Mail.Finished(INTERRUPTED));
  }

  @Test
  void aTurnIsInterruptedOnce() throws Exception {
    BlockingQueue<String> held = new ArrayBlockingQueue<>(1);
    RunningTurn turn =
        turn(() -> {
          try {
            held.take();
            return COMPLETED;
          } catch (InterruptedException first) {
            held.add("tidying up");
            return Thread.currentThread().isInterrupted() ? COMPLETED : INTERRUPTED;
          }
        });
    turn.run();
    turn.interrupt();
    turn.interrupt();
    turn.fail(DISK);
    assertThat(finished()).isEqualTo(new Mail.Finished(INTERRUPTED));
  }

  @ParameterizedTest
  @FieldSource("BUGS")
  void aBugEndsItsTurnAndNothingElse(Supplier<TurnOutcome> bug) throws Exception {
    turn(bug).run();
    assertThat(finished()).isEqualTo(new Mail.Finished(new TurnOutcome.Failed(INTERNAL)));
  }

  static final List<Supplier<TurnOutcome>> BUGS =
      List.of(
          () -> {
            throw new IllegalStateException("a bug");
          },
          () -> {
            throw new StackOverflowError();
          });

  record Ending(
      TurnOutcome outcome,
      @Nullable TurnError failure,
      Turn.Status status,
      @Nullable TurnError error) {}

  static final List<Ending> ENDINGS =
      List.of(
          new Ending(COMPLETED, null, Turn.Status.COMPLETED, null),
          new Ending(INTERRUPTED, null, Turn.Status.INTERRUPTED, null),
          new Ending(new TurnOutcome.Failed(MODEL), null, Turn.Status.FAILED, MODEL),
          new Ending(INTERRUPTED, DISK, Turn.Status.FAILED, DISK),
          new Ending(COMPLETED, DISK, Turn.Status.FAILED, DISK),
          new Ending(new TurnOutcome.Failed(MODEL), DISK, Turn.Status.FAILED, DISK));

  @ParameterizedTest
  @FieldSource("ENDINGS")
  void howATurnEnds(Ending row) {
    RunningTurn turn = turn(() -> COMPLETED);
    if (row.failure() != null) {
      turn.fail(row.failure());
    }
    assertThat(turn.end(row.outcome()))
        .isEqualTo(new TurnEnd(ended(row.status(), row.error(), List.of()), null));
  }

  @Test
  void theLastMessageGoesWithTheEnd() {
    RunningTurn turn = turn(() -> COMPLETED);
    Item.AgentMessage last = new Item.AgentMessage(Told.said("m2", "b").id(), "b", null);
    turn.said(new Item.AgentMessage(Told.said("m1", "a").id(), "a", null));
    turn.said(last);
    assertThat(turn.end(COMPLETED))
        .isEqualTo(new TurnEnd(ended(Turn.Status.COMPLETED, null, List.of(last)), "b"));
  }
}
