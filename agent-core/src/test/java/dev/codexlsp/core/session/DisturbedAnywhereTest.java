package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.session.DisturbedTurn.Count;
import dev.codexlsp.core.session.DisturbedTurn.Disturbance;
import dev.codexlsp.core.session.DisturbedTurn.Point;
import dev.codexlsp.core.session.DisturbedTurn.Work;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What users do to a running turn, done once after each event that they hear of it and before each
/// step of its model: words reach the model once and in order, or are refused; whatever ends a turn
/// leaves nothing open; and nothing of the conversation is lost.
class DisturbedAnywhereTest {
  @TempDir Path home;
  private final AtomicInteger threads = new AtomicInteger();
  private Stage stage;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, "");
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  private interface Check {
    void at(Point point) throws Exception;
  }

  private Stream<DynamicTest> everywhere(Check check) throws Exception {
    DisturbedTurn calm = run(Work.CONVERSATION, Point.NOWHERE, (_, _) -> {}, _ -> 0);
    assertThat(DisturbedTurn.said(calm.requests().getLast()))
        .containsExactly(DisturbedTurn.FIRST, DisturbedTurn.LAST);
    List<Point> points = calm.points();
    assertThat(points).hasSizeGreaterThan(30);
    return tests(points, check);
  }

  private static Stream<DynamicTest> tests(List<Point> points, Check check) {
    return points.stream()
        .map(point -> DynamicTest.dynamicTest(point.toString(), () -> check.at(point)));
  }

  private String nextThread() {
    return "thread-" + threads.incrementAndGet();
  }

  private DisturbedTurn run(Point point, Disturbance disturbance, Count more) throws Exception {
    return run(Work.CONVERSATION, point, disturbance, more);
  }

  private DisturbedTurn run(Work work, Point point, Disturbance disturbance, Count more)
      throws Exception {
    DisturbedTurn scene = new DisturbedTurn(work, point, disturbance);
    scene.run(stage, nextThread(), more);
    return scene;
  }

  @TestFactory
  Stream<DynamicTest> steered() throws Exception {
    return everywhere(this::steered);
  }

  private void steered(Point point) throws Exception {
    List<FakeReply<TurnId>> replies = new ArrayList<>();
    DisturbedTurn scene =
        run(
            point,
            (thread, turn) -> {
              replies.add(thread.steer(turn, DisturbedTurn.MORE));
              replies.add(thread.steer(turn, DisturbedTurn.AND_MORE));
            },
            _ -> 0);

    List<String> words = new ArrayList<>(List.of(DisturbedTurn.FIRST));
    for (int i = 0; i < replies.size(); i++) {
      String refusal = replies.get(i).refusalIfAny();
      if (refusal == null) {
        words.add(i == 0 ? DisturbedTurn.MORE : DisturbedTurn.AND_MORE);
      } else {
        assertThat(refusal).isEqualTo("no active turn to steer");
      }
    }
    checkHeard(scene, scene.turn(), words);
    assertThat(scene.ends()).extracting(Turn::status).containsOnly(Turn.Status.COMPLETED);
  }

  /// The turn's model has heard all of the words, and so has the one of the last turn.
  private static void checkHeard(DisturbedTurn scene, TurnId turn, List<String> words) {
    assertThat(scene.shown(turn)).isEqualTo(words);
    ModelRequest heard = Objects.requireNonNull(scene.lastRequest(turn));
    assertThat(DisturbedTurn.said(heard)).isEqualTo(words);
    checkNothingIsLost(scene, words);
  }

  private static void checkNothingIsLost(DisturbedTurn scene, List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.add(DisturbedTurn.LAST);
    assertThat(DisturbedTurn.said(scene.requests().getLast())).isEqualTo(all);
    for (ModelRequest request : scene.requests()) {
      List<String> said = DisturbedTurn.said(request);
      assertThat(said).isEqualTo(all.subList(0, said.size()));
    }
  }

  @TestFactory
  Stream<DynamicTest> spokenToByAnotherStart() throws Exception {
    return everywhere(this::spokenToByAnotherStart);
  }

  /// The words go to the turn that runs, else to one of their own.
  private void spokenToByAnotherStart(Point point) throws Exception {
    List<FakeReply<Turn>> replies = new ArrayList<>();
    List<TurnId> spokenTo = new ArrayList<>();
    DisturbedTurn scene =
        run(
            point,
            (thread, _) -> replies.add(thread.startUnheard(DisturbedTurn.MORE)),
            turn -> {
              spokenTo.add(replies.getFirst().value().id());
              return spokenTo.getFirst().equals(turn) ? 0 : 1;
            });

    List<String> words = List.of(DisturbedTurn.FIRST, DisturbedTurn.MORE);
    if (spokenTo.getFirst().equals(scene.turn())) {
      checkHeard(scene, scene.turn(), words);
    } else {
      assertThat(scene.shown(scene.turn())).containsExactly(DisturbedTurn.FIRST);
      assertThat(scene.shown(spokenTo.getFirst())).containsExactly(DisturbedTurn.MORE);
      checkNothingIsLost(scene, words);
    }
    assertThat(scene.ends()).extracting(Turn::status).containsOnly(Turn.Status.COMPLETED);
  }

  @TestFactory
  Stream<DynamicTest> interrupted() throws Exception {
    return everywhere(this::interrupted);
  }

  private void interrupted(Point point) throws Exception {
    List<FakeReply<TurnId>> replies = new ArrayList<>();
    DisturbedTurn scene = run(point, (thread, turn) -> replies.add(thread.interrupt(turn)), _ -> 0);

    String refusal = replies.getFirst().refusalIfAny();
    if (refusal != null) {
      assertThat(refusal).isEqualTo("no active turn to interrupt");
      assertThat(scene.ends().getFirst().status()).isEqualTo(Turn.Status.COMPLETED);
    }
    checkCutShort(scene);
    checkNothingIsLost(scene, List.of(DisturbedTurn.FIRST));
  }

  /// A turn that has not come to its end is marked for the models of the next ones; a summary takes
  /// the place of the mark.
  private static void checkCutShort(DisturbedTurn scene) {
    Turn first = scene.ends().getFirst();
    assertThat(first.status()).isIn(Turn.Status.COMPLETED, Turn.Status.INTERRUPTED);
    assertThat(scene.isHeard("<turn_aborted>"))
        .isEqualTo(first.status() == Turn.Status.INTERRUPTED);
    assertThat(scene.shown(scene.turn())).containsExactly(DisturbedTurn.FIRST);
  }

  @TestFactory
  Stream<DynamicTest> steeredThenInterrupted() throws Exception {
    return everywhere(this::steeredThenInterrupted);
  }

  /// What was promised to be heard is heard by the next turn.
  private void steeredThenInterrupted(Point point) throws Exception {
    List<FakeReply<TurnId>> replies = new ArrayList<>();
    DisturbedTurn scene =
        run(
            point,
            (thread, turn) -> {
              replies.add(thread.steer(turn, DisturbedTurn.MORE));
              thread.interrupt(turn);
            },
            _ -> 0);

    boolean isHeard = replies.getFirst().refusalIfAny() == null;
    List<String> words =
        isHeard ? List.of(DisturbedTurn.FIRST, DisturbedTurn.MORE) : List.of(DisturbedTurn.FIRST);
    assertThat(scene.shown(scene.turn())).isEqualTo(words);
    checkNothingIsLost(scene, words);
  }

  @TestFactory
  Stream<DynamicTest> preemptedByACompaction() throws Exception {
    return everywhere(this::preemptedByACompaction);
  }

  private void preemptedByACompaction(Point point) throws Exception {
    List<FakeReply<ThreadId>> replies = new ArrayList<>();
    DisturbedTurn scene = run(point, (thread, _) -> replies.add(thread.compact()), _ -> 1);

    assertThat(replies.getFirst().refusalIfAny()).isNull();
    checkCutShort(scene);
    assertThat(scene.ends().get(1).status()).isEqualTo(Turn.Status.COMPLETED);
    assertThat(scene.items(scene.ends().get(1).id()))
        .hasSize(1)
        .hasOnlyElementsOfType(Item.ContextCompaction.class);
    checkNothingIsLost(scene, List.of(DisturbedTurn.FIRST));
  }

  @TestFactory
  Stream<DynamicTest> preemptedByAReview() throws Exception {
    return everywhere(this::preemptedByAReview);
  }

  private void preemptedByAReview(Point point) throws Exception {
    List<FakeReply<Turn>> replies = new ArrayList<>();
    DisturbedTurn scene = run(point, (thread, _) -> replies.add(thread.review()), _ -> 1);

    Turn review = scene.ends().get(1);
    assertThat(review.id()).isEqualTo(replies.getFirst().value().id());
    assertThat(review.status()).isEqualTo(Turn.Status.COMPLETED);
    checkCutShort(scene);
    assertThat(scene.items(review.id()))
        .hasExactlyElementsOfTypes(
            Item.EnteredReviewMode.class,
            Item.UserMessage.class,
            Item.ExitedReviewMode.class,
            Item.AgentMessage.class);
    assertThat(scene.isHeard("<user_action>")).isTrue();
    List<String> said = DisturbedTurn.said(scene.requests().getLast());
    assertThat(said).containsExactly(DisturbedTurn.FIRST, DisturbedTurn.LAST);
  }

  @TestFactory
  Stream<DynamicTest> aReviewIsInterrupted() throws Exception {
    DisturbedTurn calm = run(Work.REVIEW, Point.NOWHERE, (_, _) -> {}, _ -> 0);
    List<Point> points = calm.points();
    assertThat(points).hasSizeGreaterThan(15);
    return tests(points, this::aReviewIsInterrupted);
  }

  /// What has been entered is left, and the next turn's model hears that there was a review.
  private void aReviewIsInterrupted(Point point) throws Exception {
    DisturbedTurn scene = run(Work.REVIEW, point, (thread, turn) -> thread.interrupt(turn), _ -> 0);

    List<Item> items = scene.items(scene.turn());
    long entered = items.stream().filter(Item.EnteredReviewMode.class::isInstance).count();
    assertThat(entered).isLessThanOrEqualTo(1);
    assertThat(items.stream().filter(Item.ExitedReviewMode.class::isInstance))
        .hasSize((int) entered);
    assertThat(scene.isHeard("<user_action>")).isEqualTo(entered == 1);
    assertThat(DisturbedTurn.said(scene.requests().getLast())).containsExactly(DisturbedTurn.LAST);
  }
}
