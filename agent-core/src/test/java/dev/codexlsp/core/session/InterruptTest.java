package dev.codexlsp.core.session;

import static dev.codexlsp.core.session.Told.asked;
import static dev.codexlsp.core.session.Told.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.session.FakeSubscriber.FakeQuestion;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnOptions;
import dev.codexlsp.core.turn.TurnWork;
import dev.codexlsp.exec.local.AdvisoryLock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The end of a turn that somebody wants to end, be it by an interrupt or by closing the thread.
class InterruptTest {
  private static final String SLEEP =
      "response\ncall {\"name\":\"exec_command\",\"callId\":\"c1\",\"arguments\":"
          + "{\"cmd\":\"echo up; exec sleep 60\"}}\n";
  private static final String HALF_A_MESSAGE =
      """
      response
      event {"type":"response.output_item.added","item":{"type":"message","id":"m1","role":"assistant","content":[]}}
      event {"type":"response.output_text.delta","item_id":"m1","content_index":0,"delta":"Half"}
      hang
      """;

  @TempDir Path home;
  private Stage stage;
  private final FakeSubscriber client = new FakeSubscriber();

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, "");
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  private List<ThreadEvent> turn() throws Exception {
    return client.untilTurnsEnded(1).stream()
        .filter(event -> !(event instanceof ThreadEvent.ThreadStarted))
        .toList();
  }

  @Test
  void whatIsHalfSaidIsCompleted() throws Exception {
    stage.model.add(HALF_A_MESSAGE);
    LiveThread thread = stage.open("thread-1", Stage.ASKING, client);
    Told told = thread.start("go");
    client.until(told.delta("m1", "Half")::equals, "the delta");

    assertThat(thread.interrupt(told.turn()).value()).isEqualTo(told.turn());
    assertThat(turn())
        .containsExactly(
            told.active(),
            told.started(),
            told.started(told.message()),
            told.completedItem(told.message()),
            told.started(said("m1", "")),
            told.delta("m1", "Half"),
            told.completedItem(said("m1", "Half")),
            told.idle(),
            told.interrupted(said("m1", "Half")));
    thread.close();
    stage.model.awaitDropped(0);
  }

  @Test
  void aQuestionIsWithdrawnAndItsLateAnswerIgnored() throws Exception {
    stage.model.add(SLEEP);
    LiveThread thread = stage.open("thread-1", Stage.ASKING, client);
    Told told = thread.start("go");
    FakeQuestion question = client.awaitQuestion(1);

    assertThat(thread.interrupt(told.turn()).value()).isEqualTo(told.turn());
    List<ThreadEvent> events = turn();
    question.answer(new Decision.Accept());
    assertThat(events.subList(6, events.size()))
        .containsExactly(
            told.waiting(),
            told.active(),
            told.completedItem(asked("c1", "echo up; exec sleep 60", CommandStatus.DECLINED)),
            told.idle(),
            told.interrupted());
    thread.close();
    assertThat(question.resolutions()).isEqualTo(1);
    assertThat(thread.lines()).endsWith("response_item", "response_item", "turn_aborted");
  }

  /// The owner is held while it tells that the turn has started, so the interrupt lies in its
  /// mailbox before the turn's thread exists.
  @Test
  void anInterruptThatIsFasterThanTheTurnEndsIt() throws Exception {
    CountDownLatch interruptPosted = new CountDownLatch(1);
    FakeSubscriber slow =
        new FakeSubscriber(event -> {
          if (event instanceof ThreadEvent.TurnStarted) {
            Patience.await(interruptPosted);
          }
        });
    ModelClient silent =
        _ -> {
          new CountDownLatch(1).await();
          throw new AssertionError("unreachable");
        };
    LiveThread thread = stage.open("thread-1", Stage.ASKING, stage.launcher(silent), slow);
    Told told = thread.start("go");
    FakeReply<TurnId> reply = thread.interrupt(told.turn());
    interruptPosted.countDown();

    assertThat(reply.value()).isEqualTo(told.turn());
    List<ThreadEvent> events = slow.untilTurnsEnded(1);
    assertThat(events).endsWith(told.idle(), told.interrupted());
    ItemsBalance.check(events);
    thread.close();
  }

  @Test
  void aSecondInterruptIsAcceptedAndDoesNotDisturbTheTidyingUp() throws Exception {
    stage.model.add(SLEEP);
    LiveThread thread = stage.open("thread-1", Stage.FREE, client);
    Told told = thread.start("go");
    client.until(told.output("c1", "up\n")::equals, "the command's output");

    FakeReply<TurnId> first = thread.interrupt(told.turn());
    FakeReply<TurnId> second = thread.interrupt(told.turn());
    assertThat(first.value()).isEqualTo(told.turn());
    assertThat(second.value()).isEqualTo(told.turn());
    assertThat(turn())
        .endsWith(
            told.started(Told.running("c1", "echo up; exec sleep 60")),
            told.output("c1", "up\n"),
            told.completedItem(
                Told.command("c1", "echo up; exec sleep 60", CommandStatus.FAILED, "up\n", 143)),
            told.idle(),
            told.interrupted());
    thread.close();
  }

  @Test
  void anInterruptOfAnotherTurnOrOfNoneIsRefused() throws Exception {
    stage.model.add(HALF_A_MESSAGE);
    LiveThread thread = stage.open("thread-1", Stage.ASKING, client);
    assertThat(thread.interrupt(new TurnId("id-0")).refusal())
        .isEqualTo("no active turn to interrupt");
    Told told = thread.start("go");
    assertThat(thread.interrupt(new TurnId("id-0")).refusal())
        .isEqualTo("expected active turn id id-0 but found id-1");
    assertThat(thread.interrupt(told.turn()).value()).isEqualTo(told.turn());
    assertThat(turn()).endsWith(told.idle(), told.interrupted());
    assertThat(thread.interrupt(told.turn()).refusal()).isEqualTo("no active turn to interrupt");
    thread.close();
  }

  @Test
  void closingEndsTheTurnStoresItAndLetsOthersWrite() throws Exception {
    stage.model.add(SLEEP);
    LiveThread thread = stage.open("thread-1", Stage.FREE, client);
    Told told = thread.start("go");
    client.until(told.output("c1", "up\n")::equals, "the command's output");
    Path lock = home.resolve("thread-writer-locks/thread-1.lock");
    assertThat(AdvisoryLock.tryAcquire(lock, AdvisoryLock.Mode.EXCLUSIVE)).isNull();

    thread.close();
    assertThat(turn()).endsWith(told.idle(), told.interrupted());
    assertThat(thread.lines()).last().isEqualTo("turn_aborted");
    assertThat(lock).doesNotExist();
  }

  @Test
  void closingAnIdleThreadIsDoneAtOnce() throws Exception {
    LiveThread thread = stage.open("thread-1", Stage.ASKING, client);
    thread.close();
    assertThat(thread.path()).doesNotExist();
  }

  @Test
  void theRegistryClosesAllOfThem() throws Exception {
    stage.model.add(SLEEP + SLEEP.replace("c1", "c2"));
    ThreadRegistry registry = new ThreadRegistry();
    for (String name : List.of("thread-1", "thread-2")) {
      FakeReply<OpenedThread> opened = new FakeReply<>();
      registry.open(stage.state(name, Stage.FREE), stage.launcher(), client, opened);
      FakeReply<Turn> turn = new FakeReply<>();
      TurnWork.Conversation nothing =
          new TurnWork.Conversation(TurnInput.of(List.of()), TurnOptions.NONE);
      registry.startTurn(opened.value().thread().id(), nothing, ThreadOverrides.NONE, turn);
      assertThat(turn.value().status()).isEqualTo(Turn.Status.IN_PROGRESS);
    }

    assertThat(registry.close(Patience.LIMIT)).isTrue();
    ItemsBalance.check(client.untilTurnsEnded(2));
    FakeReply<TurnId> gone = new FakeReply<>();
    registry.interruptTurn(new ThreadId("thread-2"), new TurnId("id-1"), gone);
    assertThat(gone.refusal()).isEqualTo("thread not found: thread-2");
  }
}
