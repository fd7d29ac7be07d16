package dev.codexlsp.core.session;

import static dev.codexlsp.core.session.Told.asked;
import static dev.codexlsp.core.session.Told.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ThreadEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that throws at whatever it is told or asked, or that never answers, beside one that is
/// well: neither the other client nor the turn notices.
class BrokenClientTest {
  private static final String SCRIPT = "echo one two";
  private static final String CALL =
      "response\ncall {\"name\":\"exec_command\",\"callId\":\"c1\",\"arguments\":"
          + "{\"cmd\":\"echo one two\"}}\nresponse\nmessage \"done\"\n";

  @TempDir Path home;
  private Stage stage;
  private final Subscriber broken = mock(Subscriber.class);
  private final FakeSubscriber well = new FakeSubscriber();

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, CALL);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  private static RuntimeException bug() {
    return new IllegalStateException("the client is broken");
  }

  private static List<ThreadEvent> declined(Told told) {
    return List.of(
        told.active(),
        told.started(),
        told.started(told.message()),
        told.completedItem(told.message()),
        told.usage(0),
        told.started(asked("c1", SCRIPT, CommandStatus.IN_PROGRESS)),
        told.waiting(),
        told.active(),
        told.completedItem(asked("c1", SCRIPT, CommandStatus.DECLINED)),
        told.started(said("msg_1_0", "")),
        told.delta("msg_1_0", "done"),
        told.completedItem(said("msg_1_0", "done")),
        told.usage(1),
        told.idle(),
        told.completed(said("msg_1_0", "done")));
  }

  private List<ThreadEvent> turn() throws Exception {
    return well.untilTurnsEnded(1).stream()
        .filter(event -> !(event instanceof ThreadEvent.ThreadStarted))
        .toList();
  }

  @Test
  void oneThatThrowsAtEverythingHurtsNobodyElse() throws Exception {
    doThrow(bug()).when(broken).onEvent(any());
    when(broken.ask(any(), any())).thenThrow(bug());
    LiveThread thread = stage.open("thread-1", Stage.ASKING, broken);
    thread.subscribe(well);
    Told told = thread.start("go");
    well.awaitQuestion(1).answer(new Decision.Decline());

    assertThat(turn()).isEqualTo(declined(told));
    verify(broken).onEvent(told.completed(said("msg_1_0", "done")));
    thread.close();
  }

  @Test
  void oneWhoseQuestionThrowsWhenItIsOverHurtsNobodyElse() throws Exception {
    Approver.Question question = mock(Approver.Question.class);
    doThrow(bug()).when(question).resolved();
    when(broken.ask(any(), any())).thenReturn(question);
    LiveThread thread = stage.open("thread-1", Stage.ASKING, broken);
    thread.subscribe(well);
    Told told = thread.start("go");
    well.awaitQuestion(1).answer(new Decision.Decline());

    assertThat(turn()).isEqualTo(declined(told));
    assertThat(well.awaitQuestion(1).resolutions()).isEqualTo(1);
    verify(question).resolved();
    thread.close();
  }

  @Test
  void whenNobodyCanBeAskedTheQuestionIsRefused() throws Exception {
    doThrow(bug()).when(broken).onEvent(any());
    when(broken.ask(any(), any())).thenThrow(bug());
    LiveThread thread = stage.open("thread-1", Stage.ASKING, broken);
    Told told = thread.start("go");

    assertThat(stage.model.awaitCall(2).body().toString())
        .contains("the approval request failed: no client could show the question");
    verify(broken, timeout(Patience.LIMIT.toMillis()))
        .onEvent(told.completedItem(asked("c1", SCRIPT, CommandStatus.FAILED)));
    verify(broken, timeout(Patience.LIMIT.toMillis()))
        .onEvent(told.completed(said("msg_1_0", "done")));
    thread.close();
  }

  @Test
  void oneThatOnlyHeardOfTheThreadHurtsNobody() throws Exception {
    doThrow(bug()).when(broken).onEvent(any());
    stage.connections.add(broken);
    LiveThread thread = stage.open("thread-1", Stage.ASKING, well);
    Told told = thread.start("go");
    well.awaitQuestion(1).answer(new Decision.Decline());

    assertThat(turn()).isEqualTo(declined(told));
    verify(broken, atLeastOnce()).onEvent(told.waiting());
    verify(broken, never()).onEvent(told.started());
    thread.close();
  }

  @Test
  void oneThatNeverAnswersIsWaitedForUntilSomebodyElseDoes() throws Exception {
    Approver.Question question = mock(Approver.Question.class);
    when(broken.ask(any(), any())).thenReturn(question);
    LiveThread thread = stage.open("thread-1", Stage.ASKING, broken);
    thread.subscribe(well);
    Told told = thread.start("go");
    FakeSubscriber.FakeQuestion asked = well.awaitQuestion(1);
    verify(question, never()).resolved();
    asked.answer(new Decision.Decline());

    assertThat(turn()).isEqualTo(declined(told));
    verify(question).resolved();
    thread.close();
  }

  @Test
  void aTurnWhoseOnlyClientNeverAnswersEndsByAnInterrupt() throws Exception {
    Approver.Question question = mock(Approver.Question.class);
    when(broken.ask(any(), any())).thenReturn(question);
    LiveThread thread = stage.open("thread-1", Stage.ASKING, broken);
    Told told = thread.start("go");
    verify(broken, timeout(Patience.LIMIT.toMillis())).ask(any(), any());

    assertThat(thread.interrupt(told.turn()).value()).isEqualTo(told.turn());
    verify(broken, timeout(Patience.LIMIT.toMillis())).onEvent(told.interrupted());
    verify(question).resolved();
    verify(broken).onEvent(told.completedItem(asked("c1", SCRIPT, CommandStatus.DECLINED)));
    thread.close();
  }
}
