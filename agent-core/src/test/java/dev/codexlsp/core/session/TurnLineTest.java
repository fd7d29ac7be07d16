package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// How far a turn may run ahead of its owner.
class TurnLineTest {
  private static final int MANY = 1_000;

  private final Queue<Mail> mailbox = new ConcurrentLinkedQueue<>();
  private final TurnLine line = new TurnLine(mailbox::add);

  private static ThreadEvent delta(int number) {
    return new ThreadEvent.AgentMessageDelta(
        new ThreadId("t"), new TurnId("u"), new ItemId("m"), String.valueOf(number));
  }

  private static ThreadEvent started(Item item) {
    return new ThreadEvent.ItemStarted(new ThreadId("t"), new TurnId("u"), item, 0);
  }

  /// An end of what is open, a message of the user, and the end of a review.
  static final List<ThreadEvent> SURE =
      List.of(
          new ThreadEvent.ItemCompleted(
              new ThreadId("t"), new TurnId("u"), Told.said("m", "whole"), 0),
          started(new Item.UserMessage(new ItemId("u1"), null, List.of())),
          started(new Item.ExitedReviewMode(new ItemId("r1"), "Fine.", null)));

  private List<Mail> deltas(int count) {
    return IntStream.range(0, count)
        .<Mail>mapToObj(i -> new Mail.Signalled(line, new Mail.Emitted(delta(i))))
        .toList();
  }

  private static void awaitWaiting(Thread thread) {
    Patience.await(() -> thread.getState() == Thread.State.WAITING, "the turn to wait");
  }

  /// Says more than it has credits for, then one thing more.
  private Thread talkative(FutureTask<?> lastWord) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < MANY; i++) {
              line.emit(delta(i));
            }
          } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
          }
          lastWord.run();
        });
  }

  @Test
  void aTurnWaitsWhenItHasNoCreditLeftAndLosesNothing() throws Exception {
    FutureTask<Boolean> ended = new FutureTask<>(() -> true);
    Thread turn = talkative(ended);
    awaitWaiting(turn);
    assertThat(mailbox).containsExactlyElementsOf(deltas(TurnLine.CREDITS));

    line.giveBackCredit();
    Patience.await(() -> mailbox.size() == TurnLine.CREDITS + 1, "the next signal");
    awaitWaiting(turn);
    assertThat(mailbox).containsExactlyElementsOf(deltas(TurnLine.CREDITS + 1));

    for (int i = 0; i < MANY; i++) {
      line.giveBackCredit();
    }
    assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(mailbox).containsExactlyElementsOf(deltas(MANY));
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    FutureTask<Boolean> ended = new FutureTask<>(Thread::interrupted);
    Thread turn = talkative(ended);
    awaitWaiting(turn);
    turn.interrupt();
    assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(mailbox).hasSize(TurnLine.CREDITS);
  }

  /// The item is not lost, the limit is kept, and the interrupt is still there afterwards.
  @ParameterizedTest
  @FieldSource("SURE")
  void whatMustNotBeLostWaitsOutAnInterrupt(ThreadEvent sure) throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    FutureTask<Boolean> ended =
        new FutureTask<>(() -> {
          interrupted.countDown();
          line.emit(sure);
          return Thread.interrupted();
        });
    Thread turn = talkative(ended);
    awaitWaiting(turn);
    turn.interrupt();
    Patience.await(interrupted);
    awaitWaiting(turn);
    assertThat(ended).isNotDone();
    assertThat(mailbox).hasSize(TurnLine.CREDITS);

    line.giveBackCredit();
    assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(mailbox)
        .hasSize(TurnLine.CREDITS + 1)
        .last()
        .isEqualTo(new Mail.Signalled(line, new Mail.Emitted(sure)));
  }
}
