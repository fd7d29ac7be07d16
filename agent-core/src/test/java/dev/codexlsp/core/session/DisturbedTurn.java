package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A thread whose first turn thinks, speaks, asks for a command, runs it and answers, or reviews;
/// something happens to it at one point. Then there is a last turn, whose model sees what was left.
final class DisturbedTurn {
  static final String FIRST = "go";
  static final String MORE = "more";
  static final String AND_MORE = "and more";
  static final String LAST = "after";
  private static final Set<String> WORDS = Set.of(FIRST, MORE, AND_MORE, LAST);

  /// Where something happens.
  ///
  /// @param isStep whether before a step of the model, or after an event that a client hears
  /// @param number counted from 1; 0 is nowhere
  record Point(boolean isStep, int number, String name) {
    static final Point NOWHERE = new Point(false, 0, "nowhere");

    @Override
    public String toString() {
      return (isStep ? "before step " : "after event ") + number + " " + name;
    }
  }

  /// What happens; called on the owner, or on the turn's thread.
  interface Disturbance {
    void happen(LiveThread thread, TurnId turn);
  }

  /// What the first turn is.
  enum Work {
    CONVERSATION,
    REVIEW
  }

  private final Work work;
  private final Point point;
  private final Disturbance disturbance;
  private final PacedModel model = new PacedModel(this::stepped);
  private final FakeSubscriber client = new FakeSubscriber(this::heard, new Decision.Accept());
  private final AtomicInteger steps = new AtomicInteger();
  private final List<String> stepNames = new ArrayList<>();
  private final List<String> eventNames = new ArrayList<>();
  private int stepsOfFirst = -1;
  private final CountDownLatch isKnown = new CountDownLatch(1);
  private final CountDownLatch happened = new CountDownLatch(1);
  private volatile @Nullable LiveThread thread;
  private volatile @Nullable TurnId turn;

  DisturbedTurn(Work work, Point point, Disturbance disturbance) {
    this.work = work;
    this.point = point;
    this.disturbance = disturbance;
  }

  /// How many turns the disturbance brings about; called when it has happened.
  interface Count {
    int after(TurnId turn) throws InterruptedException;
  }

  /// Runs the first turn, those that the disturbance brings about, and the last one.
  void run(Stage stage, String id, Count brought) throws Exception {
    LiveThread owner = stage.open(id, Stage.ASKING, stage.launcher(model), client);
    model.follow(owner);
    TurnId first = start(owner).value().id();
    thread = owner;
    turn = first;
    isKnown.countDown();
    if (point.number() > 0) {
      Patience.await(happened);
    }
    int turns = 1 + brought.after(first);
    client.untilTurnsEnded(turns);
    owner.startUnheard(LAST).value();
    client.untilTurnsEnded(turns + 1);
    owner.close();
    ItemsBalance.check(events());
    checkTurnsFollowEachOther();
    requests().forEach(DisturbedTurn::checkCalls);
  }

  private FakeReply<Turn> start(LiveThread owner) {
    return switch (work) {
      case CONVERSATION -> owner.startUnheard(FIRST);
      case REVIEW -> owner.review();
    };
  }

  private void stepped(String name) {
    stepNames.add(name);
    if (point.isStep() && steps.incrementAndGet() == point.number()) {
      happen();
    }
  }

  private void heard(ThreadEvent event) {
    if (event instanceof ThreadEvent.ThreadStarted) {
      return;
    }
    eventNames.add(event.getClass().getSimpleName());
    if (event instanceof ThreadEvent.TurnCompleted && stepsOfFirst < 0) {
      stepsOfFirst = stepNames.size();
    }
    if (!point.isStep() && eventNames.size() == point.number()) {
      happen();
    }
  }

  private void happen() {
    Patience.await(isKnown);
    disturbance.happen(Objects.requireNonNull(thread), turn());
    happened.countDown();
  }

  /// All points of the first turn. Only for a turn that was left alone.
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    int events = eventNames.indexOf("TurnCompleted") + 1;
    for (int i = 1; i <= events; i++) {
      points.add(new Point(false, i, eventNames.get(i - 1)));
    }
    for (int i = 1; i <= stepsOfFirst; i++) {
      points.add(new Point(true, i, stepNames.get(i - 1)));
    }
    return points;
  }

  TurnId turn() {
    return Objects.requireNonNull(turn);
  }

  List<ThreadEvent> events() {
    return client.events();
  }

  List<ModelRequest> requests() {
    return model.requests();
  }

  /// The ends of the turns, in their order.
  List<Turn> ends() {
    return events().stream()
        .filter(ThreadEvent.TurnCompleted.class::isInstance)
        .map(end -> ((ThreadEvent.TurnCompleted) end).turn())
        .toList();
  }

  /// What a turn has completed.
  List<Item> items(TurnId of) {
    List<Item> items = new ArrayList<>();
    for (ThreadEvent event : events()) {
      if (event instanceof ThreadEvent.ItemCompleted(var _, TurnId in, Item item, var _)
          && in.equals(of)) {
        items.add(item);
      }
    }
    return items;
  }

  /// What a turn has shown of its user's words.
  List<String> shown(TurnId of) {
    return items(of).stream()
        .filter(Item.UserMessage.class::isInstance)
        .map(item -> ((UserInput.Text) ((Item.UserMessage) item).content().getFirst()).text())
        .toList();
  }

  /// The last request of a turn; null when it has made none.
  @Nullable ModelRequest lastRequest(TurnId of) {
    return requests().reversed().stream()
        .filter(request -> request.turnId().equals(of))
        .findFirst()
        .orElse(null);
  }

  /// The user's words as a request has them.
  static List<String> said(ModelRequest request) {
    return request.input().stream()
        .filter(item -> item.text("role").equals("user"))
        .map(item -> String.join("", item.texts("content")))
        .filter(WORDS::contains)
        .toList();
  }

  /// A turn has ended, with everything in it, before the next one begins.
  private void checkTurnsFollowEachOther() {
    @Nullable TurnId running = null;
    for (ThreadEvent event : events()) {
      switch (event) {
        case ThreadEvent.TurnStarted started -> {
          assertThat(running).isNull();
          running = started.turn().id();
        }
        case ThreadEvent.TurnCompleted ended -> {
          assertThat(ended.turn().id()).isEqualTo(running);
          running = null;
        }
        case ThreadEvent.ItemStarted item -> assertThat(item.turnId()).isEqualTo(running);
        case ThreadEvent.ItemCompleted item -> assertThat(item.turnId()).isEqualTo(running);
        default -> {}
      }
    }
    assertThat(running).isNull();
  }

  /// Each call has its output, once.
  private static void checkCalls(ModelRequest request) {
    assertThat(calls(request, "function_call_output")).isEqualTo(calls(request, "function_call"));
  }

  private static List<String> calls(ModelRequest request, String type) {
    return request.input().stream()
        .filter(item -> item.type().equals(type))
        .map(item -> item.text("call_id"))
        .collect(Collectors.toList());
  }

  /// Whether any request has a message that begins so.
  boolean isHeard(String beginning) {
    return requests().stream()
        .flatMap(request -> request.input().stream())
        .map((ResponseItem item) -> String.join("", item.texts("content")))
        .anyMatch(text -> text.startsWith(beginning));
  }
}
