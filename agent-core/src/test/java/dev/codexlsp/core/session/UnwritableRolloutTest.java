package dev.codexlsp.core.session;

import static dev.codexlsp.core.session.Told.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.exec.local.AdvisoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rollout that cannot be written: the turn that meets it fails and says why, and the thread
/// lives on.
class UnwritableRolloutTest {
  private static final String ANSWER = "response\nmessage \"Hello\"\n";
  private static final String HELD =
      """
      response
      event {"type":"response.output_item.added","item":{"type":"message","id":"m1","role":"assistant","content":[]}}
      event {"type":"response.output_text.delta","item_id":"m1","content_index":0,"delta":"Hello"}
      gate "full"
      event {"type":"response.output_item.done","item":{"type":"message","id":"m1","role":"assistant","content":[{"type":"output_text","text":"Hello"}]}}
      """;

  @TempDir Path home;
  private Stage stage;
  private LiveThread thread;
  private final AtomicReference<Consumer<ThreadEvent>> onOwner = new AtomicReference<>(_ -> {});
  private final FakeSubscriber client = new FakeSubscriber(event -> onOwner.get().accept(event));

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, "");
    thread = stage.open("thread-1", Stage.ASKING, client);
  }

  @AfterEach
  void close() throws Exception {
    thread.close();
    stage.close();
  }

  private static TurnError error(String message) {
    return new TurnError(message, CodexErrorInfo.Kind.OTHER, null);
  }

  private String noSpace() {
    return "cannot write the rollout " + thread.path() + ": No space left on device";
  }

  private Told answered(String prompt, int turns) throws Exception {
    stage.model.add(ANSWER);
    Told told = thread.start(prompt);
    client.untilTurnsEnded(turns);
    return told;
  }

  /// What was told of the turn since the thread became active for it.
  private List<ThreadEvent> lastTurn(int turns) throws Exception {
    List<ThreadEvent> events = client.untilTurnsEnded(turns);
    int begin = events.size() - 1;
    while (!(events.get(begin) instanceof ThreadEvent.TurnStarted)) {
      begin--;
    }
    return events.subList(begin - 1, events.size());
  }

  private void assertUnstorable(Told told, TurnError error, int turns) throws Exception {
    assertThat(lastTurn(turns))
        .containsExactly(
            told.active(), told.started(), told.broken(), told.error(error), told.failed(error));
  }

  private void assertWorks(int turns) throws Exception {
    Told told = answered("again", turns);
    assertThat(lastTurn(turns)).startsWith(told.active(), told.started()).contains(told.idle());
    assertThat(thread.lines()).endsWith("token_count", "task_complete");
  }

  @Test
  void aStartThatCannotBeStoredFailsTheTurnBeforeItRuns() throws Exception {
    Files.writeString(home.resolve("sessions"), "in the way");
    Told told = thread.start("go");

    List<ThreadEvent> events = lastTurn(1);
    ThreadEvent.ErrorOccurred failure = (ThreadEvent.ErrorOccurred) events.get(3);
    assertThat(failure.error().message())
        .startsWith("cannot create the rollout " + thread.path() + ": ");
    assertUnstorable(told, failure.error(), 1);
    assertThat(stage.model.calls()).isEmpty();

    Files.delete(home.resolve("sessions"));
    assertWorks(2);
  }

  @Test
  void aThreadThatSomebodyElseWritesIsNotWrittenByUs() throws Exception {
    Path lock =
        Files.createDirectories(home.resolve("thread-writer-locks")).resolve("thread-1.lock");
    try (AdvisoryLock other = AdvisoryLock.tryAcquire(lock, AdvisoryLock.Mode.EXCLUSIVE)) {
      assertThat(other).isNotNull();
      Told told = thread.start("go");
      String inUse = "thread thread-1 already has an active writer, in another process or window";
      assertUnstorable(told, error(inUse), 1);
    }
    assertWorks(2);
  }

  @Test
  void onAFullDiskNoTurnStartsUntilThereIsRoom() throws Exception {
    answered("go", 1);
    FullDisk disk = FullDisk.under(thread.path());
    for (int turns = 2; turns <= 3; turns++) {
      assertUnstorable(thread.start("no room"), error(noSpace()), turns);
    }
    disk.free();
    assertWorks(4);
  }

  @Test
  void aDiskThatFillsUpInATurnEndsItAndItsItems() throws Exception {
    stage.model.add(HELD);
    Told told = thread.start("go");
    client.until(told.delta("m1", "Hello")::equals, "the delta");
    FullDisk disk = FullDisk.under(thread.path());
    stage.model.release("full");

    TurnError error = error("the turn could not go on: " + noSpace());
    assertThat(lastTurn(1))
        .containsExactly(
            told.active(),
            told.started(),
            told.started(told.message()),
            told.completedItem(told.message()),
            told.started(said("m1", "")),
            told.delta("m1", "Hello"),
            told.completedItem(said("m1", "Hello")),
            told.broken(),
            told.error(error),
            told.failed(error, said("m1", "Hello")));
    disk.free();
    assertWorks(2);
  }

  @Test
  void aTurnWhoseEndCannotBeStoredHasEndedAllTheSame() throws Exception {
    AtomicReference<FullDisk> disk = new AtomicReference<>();
    onOwner.set(event -> {
      if (event instanceof ThreadEvent.TokenUsageUpdated && disk.get() == null) {
        disk.set(full());
      }
    });
    Told told = answered("go", 1);

    assertThat(lastTurn(1)).endsWith(told.idle(), told.completed(said("msg_0_0", "Hello")));
    disk.get().free();
    assertThat(thread.lines()).last().isEqualTo("token_count");
    assertWorks(2);
  }

  /// Somebody has removed the folder of the locks, so the thread's own cannot be given back in
  /// order. Whoever waits for the end must not notice.
  @Test
  void aRolloutThatCannotBeClosedDoesNotHoldUpTheEnd() throws Exception {
    answered("go", 1);
    Path locks = home.resolve("thread-writer-locks");
    Files.delete(locks.resolve("thread-1.lock"));
    Files.delete(locks.resolve(".coordination.lock"));
    Files.delete(locks);

    thread.close();
  }

  private FullDisk full() {
    try {
      return FullDisk.under(thread.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
