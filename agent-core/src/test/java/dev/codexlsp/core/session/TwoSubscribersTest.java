package dev.codexlsp.core.session;

import static dev.codexlsp.core.session.Told.asked;
import static dev.codexlsp.core.session.Told.command;
import static dev.codexlsp.core.session.Told.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.session.FakeSubscriber.FakeQuestion;
import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// One thread that two clients follow: what both hear, and whose answer counts.
class TwoSubscribersTest {
  private static final String SCRIPT = "echo one two";
  private static final String CALL =
      "response\ncall {\"name\":\"exec_command\",\"callId\":\"c1\",\"arguments\":"
          + "{\"cmd\":\"echo one two\"}}\nresponse\nmessage \"done\"\n";

  @TempDir Path home;
  private Stage stage;
  private LiveThread thread;
  private final FakeSubscriber ann = new FakeSubscriber();
  private final FakeSubscriber bob = new FakeSubscriber();

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, CALL);
    thread = stage.open("thread-1", Stage.ASKING, ann);
    thread.subscribe(bob);
  }

  @AfterEach
  void close() throws Exception {
    thread.close();
    stage.close();
  }

  /// What a turn with one question tells until the question is asked.
  private static List<ThreadEvent> untilAsked(Told told) {
    return List.of(
        told.active(),
        told.started(),
        told.started(told.message()),
        told.completedItem(told.message()),
        told.usage(0),
        told.started(asked("c1", SCRIPT, CommandStatus.IN_PROGRESS)),
        told.waiting());
  }

  /// What follows when the command has not run.
  private static List<ThreadEvent> afterRefusal(Told told, CommandStatus status) {
    return List.of(
        told.active(),
        told.completedItem(asked("c1", SCRIPT, status)),
        told.started(said("msg_1_0", "")),
        told.delta("msg_1_0", "done"),
        told.completedItem(said("msg_1_0", "done")),
        told.usage(1),
        told.idle(),
        told.completed(said("msg_1_0", "done")));
  }

  private static List<ThreadEvent> afterAcceptance(Told told) {
    return List.of(
        told.active(),
        told.output("c1", "one two\n"),
        told.completedItem(command("c1", SCRIPT, CommandStatus.COMPLETED, "one two\n", 0)),
        told.started(said("msg_1_0", "")),
        told.delta("msg_1_0", "done"),
        told.completedItem(said("msg_1_0", "done")),
        told.usage(1),
        told.idle(),
        told.completed(said("msg_1_0", "done")));
  }

  private static List<ThreadEvent> turn(Told told, List<ThreadEvent> afterQuestion) {
    return Stream.concat(untilAsked(told).stream(), afterQuestion.stream()).toList();
  }

  /// What was heard since the turn began.
  private static List<ThreadEvent> turnAsHeardBy(FakeSubscriber subscriber) throws Exception {
    return subscriber.untilTurnsEnded(1).stream()
        .filter(event -> !(event instanceof ThreadEvent.ThreadStarted))
        .toList();
  }

  private String modelWasTold() throws Exception {
    return stage.model.awaitCall(2).body().toString();
  }

  @Test
  void everythingReachesBothInOneOrder() throws Exception {
    Told told = thread.start("go");
    ann.awaitQuestion(1).answer(new Decision.Accept());

    List<ThreadEvent> expected = turn(told, afterAcceptance(told));
    assertThat(turnAsHeardBy(ann)).isEqualTo(expected);
    assertThat(turnAsHeardBy(bob)).isEqualTo(expected);
  }

  @Test
  void bothAreAskedTheSame() throws Exception {
    Told told = thread.start("go");

    ApprovalRequest expected =
        new ApprovalRequest.Command(
            "command",
            told.thread(),
            told.turn(),
            new ItemId("c1"),
            Told.NOW,
            "local",
            null,
            "/bin/bash -lc 'echo one two'",
            Path.of("/"),
            List.of(new CommandAction.Unknown(SCRIPT)),
            List.of("echo", "one", "two"),
            List.of(
                new Decision.Accept(),
                new Decision.AcceptForSession(),
                new Decision.AcceptWithExecpolicyAmendment(List.of("echo", "one", "two")),
                new Decision.Decline(),
                new Decision.Cancel()));
    assertThat(ann.awaitQuestion(1).request()).isEqualTo(expected);
    assertThat(bob.awaitQuestion(1).request()).isEqualTo(expected);
  }

  @Test
  void theFirstAnswerWinsAndALateOneFallsOnTheFloor() throws Exception {
    Told told = thread.start("go");
    FakeQuestion late = bob.awaitQuestion(1);
    ann.awaitQuestion(1).answer(new Decision.Decline());
    late.answer(new Decision.Accept());

    assertThat(turnAsHeardBy(bob))
        .isEqualTo(turn(told, afterRefusal(told, CommandStatus.DECLINED)));
    assertThat(late.resolutions()).isEqualTo(1);
    assertThat(ann.awaitQuestion(1).resolutions()).isEqualTo(1);
    assertThat(modelWasTold()).contains("exec_command failed: rejected by user");
  }

  static final List<Decision> ACCEPTANCES =
      List.of(new Decision.Accept(), new Decision.AcceptForSession());

  @ParameterizedTest
  @FieldSource("ACCEPTANCES")
  void aRefusalAfterAnAcceptanceIsTooLate(Decision decision) throws Exception {
    Told told = thread.start("go");
    FakeQuestion late = ann.awaitQuestion(1);
    bob.awaitQuestion(1).answer(decision);
    late.answer(new Decision.Cancel());
    late.fail("too late");

    assertThat(turnAsHeardBy(ann)).isEqualTo(turn(told, afterAcceptance(told)));
    assertThat(late.resolutions()).isEqualTo(1);
  }

  @Test
  void theFailureOfOneIsTheAnswer() throws Exception {
    Told told = thread.start("go");
    FakeQuestion other = ann.awaitQuestion(1);
    bob.awaitQuestion(1).fail("the editor answered with an error");

    assertThat(turnAsHeardBy(ann)).isEqualTo(turn(told, afterRefusal(told, CommandStatus.FAILED)));
    assertThat(other.resolutions()).isEqualTo(1);
    assertThat(modelWasTold())
        .contains("the approval request failed: the editor answered with an error");
  }

  @Test
  void whileOneIsLeftTheQuestionWaits() throws Exception {
    Told told = thread.start("go");
    FakeQuestion left = bob.awaitQuestion(1);
    thread.unsubscribe(ann);
    left.answer(new Decision.Accept());

    assertThat(turnAsHeardBy(bob)).isEqualTo(turn(told, afterAcceptance(told)));
    assertThat(ann.events()).last().isEqualTo(told.waiting());
  }

  @Test
  void whenNobodyIsLeftTheQuestionIsRefusedAndTheTurnGoesOn() throws Exception {
    Told told = thread.start("go");
    FakeQuestion orphan = ann.awaitQuestion(1);
    FakeSubscriber bystander = new FakeSubscriber();
    stage.connections.add(bystander);
    thread.unsubscribe(ann);
    thread.unsubscribe(bob);

    assertThat(modelWasTold()).contains("the approval request failed: no client is left to answer");
    bystander.until(told.idle()::equals, "the end of the turn");
    thread.close();
    assertThat(bystander.events()).containsExactly(told.active(), told.idle());
    assertThat(orphan.resolutions()).isEqualTo(1);
    assertThat(ann.events()).last().isEqualTo(told.waiting());
    assertThat(Files.readString(thread.path())).contains("\"last_agent_message\":\"done\"");
  }

  @Test
  void whereNobodyListensNobodyIsAsked() throws Exception {
    thread.unsubscribe(ann);
    thread.unsubscribe(bob);
    thread.start("go");

    assertThat(modelWasTold()).contains("the approval request failed: no client is connected");
  }

  /// Nobody can join a thread yet but by opening it. Whoever could would see that it waits, but
  /// would not be asked: showing him what is open belongs to resuming.
  @Test
  void whoComesWhileAQuestionWaitsSeesThatItWaits() throws Exception {
    Told told = thread.start("go");
    FakeQuestion question = ann.awaitQuestion(1);
    FakeSubscriber late = new FakeSubscriber();

    OpenedThread opened = thread.subscribe(late);
    assertThat(opened.thread().status())
        .isEqualTo(new ThreadStatus.Active(List.of(ThreadStatus.ActiveFlag.WAITING_ON_APPROVAL)));
    question.answer(new Decision.Accept());
    assertThat(turnAsHeardBy(late)).isEqualTo(afterAcceptance(told));
    assertThat(late.questions()).isEmpty();
  }

  @Test
  void whatIsAcceptedForTheSessionIsAcceptedInThisThreadOnly() throws Exception {
    stage.model.add(CALL.replace("c1", "c2") + CALL.replace("c1", "c3"));
    Told first = thread.start("go");
    ann.awaitQuestion(1).answer(new Decision.AcceptForSession());
    assertThat(turnAsHeardBy(ann)).isEqualTo(turn(first, afterAcceptance(first)));

    Told again = thread.start("again");
    assertThat(ann.untilTurnsEnded(2))
        .contains(again.started(Told.running("c2", SCRIPT)))
        .contains(
            again.completedItem(command("c2", SCRIPT, CommandStatus.COMPLETED, "one two\n", 0)));
    assertThat(ann.questions()).hasSize(1);

    FakeSubscriber elsewhere = new FakeSubscriber();
    LiveThread other = stage.open("thread-2", Stage.ASKING, elsewhere);
    Told asks = other.start("go");
    elsewhere.awaitQuestion(1).answer(new Decision.Decline());
    assertThat(elsewhere.untilTurnsEnded(1))
        .contains(asks.completedItem(asked("c3", SCRIPT, CommandStatus.DECLINED)));
    other.close();
  }
}
