package dev.codexlsp.core.session;

import static dev.codexlsp.core.session.Told.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When the model says that the conversation does not fit any more, the usage is told as full: the
/// total is the window, and the last response is said to have cost what was missing, as measured at
/// the original.
class ContextWindowTest {
  private static final TurnError EXCEEDED =
      new TurnError(
          "the conversation no longer fits into the model's context window; start a new thread",
          CodexErrorInfo.Kind.CONTEXT_WINDOW_EXCEEDED,
          null);
  private static final String FAILED =
      "response\nfailed {\"code\": \"context_length_exceeded\", \"message\": \"too long\"}\n";

  @TempDir Path home;
  private Stage stage;
  private LiveThread thread;
  private final FakeSubscriber client = new FakeSubscriber();

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

  private static TokenUsage.Breakdown only(long tokens) {
    return new TokenUsage.Breakdown(tokens, 0, 0, 0, 0, 0);
  }

  /// What the end of a turn tells that overflowed after so many tokens of the thread.
  private static ThreadEvent[] overflow(Told told, long before) {
    return new ThreadEvent[] {
      told.completedItem(told.message()),
      told.usage(only(Told.WINDOW), only(Told.WINDOW - before)),
      told.broken(),
      told.error(EXCEEDED),
      told.failed(EXCEEDED)
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FAILED,
        "response\nhttp {\"status\": 400, \"body\": {\"error\": {\"code\":"
            + " \"context_length_exceeded\"}}}"
      })
  void inTheFirstTurn(String answer) throws Exception {
    stage.model.add(answer);
    Told told = thread.start("go");

    assertThat(client.untilTurnsEnded(1)).endsWith(overflow(told, 0));
    assertThat(thread.lines())
        .endsWith("response_item", "user_message", "token_count", "task_complete");
  }

  /// What the model has said is summed up before the request is sent once more. When even that does
  /// not fit, the turn fails, and the next one begins with another attempt.
  @Test
  void whatWasUsedBeforeIsNotMissingAndTheNextTurnCountsOn() throws Exception {
    stage.model.add(
        "response\nmessage \"one\"\n"
            + FAILED
            + "response\nmessage \"SUMMARY\"\n"
            + FAILED
            + "response\nmessage \"SUMMARY\"\nresponse\nmessage \"two\"\n");
    thread.start("go");
    client.untilTurnsEnded(1);
    Told full = thread.start("too much");

    TokenUsage.Breakdown last = new TokenUsage.Breakdown(15, 10, 0, 0, 5, 0);
    assertThat(client.untilTurnsEnded(2))
        .endsWith(
            full.usage(only(Told.WINDOW), only(Told.WINDOW - 30)),
            full.broken(),
            full.error(EXCEEDED),
            full.failed(EXCEEDED));

    Told fits = thread.start("less");
    assertThat(client.untilTurnsEnded(3))
        .endsWith(
            fits.completedItem(said("msg_5_0", "two")),
            fits.usage(only(Told.WINDOW).plus(last).plus(last), last),
            fits.idle(),
            fits.completed(said("msg_5_0", "two")));
  }

  /// What a reviewer cannot hold says nothing of the thread.
  @Test
  void aReviewThatOverflowsLeavesTheThreadAsItIs() throws Exception {
    stage.model.add(FAILED);
    TurnId review = thread.review().value().id();

    List<ThreadEvent> events = client.untilTurnsEnded(1);
    assertThat(events).noneMatch(ThreadEvent.TokenUsageUpdated.class::isInstance);
    assertThat(events)
        .endsWith(
            new Told(thread.id(), review, "").error(EXCEEDED),
            new Told(thread.id(), review, "").failed(EXCEEDED));
    assertThat(thread.lines()).doesNotContain("token_count");
  }

  @Test
  void aFullDiskDoesNotHideIt() throws Exception {
    stage.model.add("response\ngate \"full\"\n" + FAILED.substring(9));
    Told told = thread.start("too much");
    stage.model.awaitGate("full");
    Patience.await(() -> thread.lines().getLast().equals("user_message"), "the user's message");
    FullDisk disk = FullDisk.under(thread.path());
    stage.model.release("full");

    assertThat(client.untilTurnsEnded(1)).endsWith(overflow(told, 0));
    disk.free();
    assertThat(thread.lines()).last().isEqualTo("user_message");
  }
}
