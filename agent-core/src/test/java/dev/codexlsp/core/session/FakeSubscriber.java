package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A client that keeps what it hears, and answers when the test does. Any thread may use it.
///
/// How long a command took is set to zero: it is the one figure in an event that no clock of the
/// test makes.
final class FakeSubscriber implements Subscriber {
  private final Consumer<ThreadEvent> first;
  private final @Nullable Decision always;
  private final ReentrantLock lock = new ReentrantLock();

  /// Signalled with every change of what the lock guards, which is everything below.
  private final Condition changed = lock.newCondition();

  private final List<ThreadEvent> events = new ArrayList<>();
  private final List<FakeQuestion> questions = new ArrayList<>();

  FakeSubscriber() {
    this(_ -> {});
  }

  /// @param first hears each event on the owner, before it is kept
  FakeSubscriber(Consumer<ThreadEvent> first) {
    this(first, null);
  }

  /// @param always answers every question; null leaves that to the test
  FakeSubscriber(Consumer<ThreadEvent> first, @Nullable Decision always) {
    this.first = first;
    this.always = always;
  }

  /// A question as this client was asked it.
  final class FakeQuestion implements Question {
    private final ServerRequest request;
    private final Consumer<Answer> answer;
    private int resolutions;

    private FakeQuestion(ServerRequest request, Consumer<Answer> answer) {
      this.request = request;
      this.answer = answer;
    }

    ServerRequest request() {
      return request;
    }

    void answer(Decision decision) {
      answer.accept(new Answer.Decided(decision));
    }

    void fail(String reason) {
      answer.accept(new Answer.Failed(reason));
    }

    @Override
    public void resolved() {
      change(() -> resolutions++);
    }

    /// How often it has been told that the question is over.
    int resolutions() {
      lock.lock();
      try {
        return resolutions;
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void onEvent(ThreadEvent event) {
    first.accept(event);
    change(() -> events.add(timeless(event)));
  }

  @Override
  public void onSettings(SettingsUpdated settings) {}

  @Override
  public Question ask(ServerRequest request, Consumer<Answer> answer) {
    FakeQuestion question = new FakeQuestion(request, answer);
    change(() -> questions.add(question));
    if (always != null) {
      question.answer(always);
    }
    return question;
  }

  List<ThreadEvent> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  List<FakeQuestion> questions() {
    lock.lock();
    try {
      return List.copyOf(questions);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the event, and returns all that was heard up to it.
  List<ThreadEvent> until(Predicate<ThreadEvent> last, String what) throws InterruptedException {
    Patience.await(lock, changed, () -> events.stream().anyMatch(last), what);
    List<ThreadEvent> heard = events();
    int end = 0;
    while (!last.test(heard.get(end))) {
      end++;
    }
    return heard.subList(0, end + 1);
  }

  /// Waits until so many turns have ended, and returns all that was heard.
  List<ThreadEvent> untilTurnsEnded(int count) throws InterruptedException {
    Patience.await(
        lock,
        changed,
        () -> events.stream().filter(ThreadEvent.TurnCompleted.class::isInstance).count() >= count,
        "the end of turn " + count);
    return events();
  }

  /// Waits for a question, counted from 1.
  FakeQuestion awaitQuestion(int count) throws InterruptedException {
    Patience.await(lock, changed, () -> questions.size() >= count, "question " + count);
    return questions().get(count - 1);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static ThreadEvent timeless(ThreadEvent event) {
    return event instanceof ThreadEvent.ItemCompleted completed
            && completed.item() instanceof Item.CommandExecution command
            && command.durationMs() != null
        ? new ThreadEvent.ItemCompleted(
            completed.threadId(), completed.turnId(), timeless(command), completed.completedAtMs())
        : event;
  }

  private static Item.CommandExecution timeless(Item.CommandExecution command) {
    return new Item.CommandExecution(
        command.id(),
        command.command(),
        command.cwd(),
        command.processId(),
        command.source(),
        command.status(),
        command.commandActions(),
        command.aggregatedOutput(),
        command.exitCode(),
        0L);
  }
}
