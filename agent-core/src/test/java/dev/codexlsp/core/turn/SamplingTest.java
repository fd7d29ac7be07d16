package dev.codexlsp.core.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ModelStream;
import dev.codexlsp.core.model.Pause;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// What is left of an answer that breaks off, above all of the calls in it.
class SamplingTest {
  private static final ThreadId THREAD = new ThreadId("thread-1");
  private static final TurnId TURN = new TurnId("turn-1");
  private static final ResponseItem QUESTION = ResponseItem.message("user", "go");
  private static final ResponseItem CALL =
      item("{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"exec_command\"}");
  private static final ResponseItem OTHER_CALL =
      item("{\"type\":\"function_call\",\"call_id\":\"c2\",\"name\":\"exec_command\"}");
  private static final ResponseItem NOT_RUN =
      CALL.answered("not run: the answer that asked for it broke off");
  private static final TurnError CUT = new TurnError("cut", CodexErrorInfo.Kind.OTHER, null);
  private static final ModelEvent COMPLETED =
      new ModelEvent.Completed("resp", TokenUsage.Breakdown.ZERO);

  private final FakeIo io = new FakeIo(0);
  private final List<List<ResponseItem>> inputs = new ArrayList<>();

  private static ResponseItem item(String json) {
    return new ResponseItem(JsonParser.parseString(json).getAsJsonObject());
  }

  /// Each answer ends with its failure when it has said everything, unless it is completed before.
  private ModelClient model(ModelException failure, List<List<ModelEvent>> answers) {
    Queue<List<ModelEvent>> left = new ArrayDeque<>(answers);
    return request -> {
      inputs.add(request.input());
      Queue<ModelEvent> events = new ArrayDeque<>(left.remove());
      return new ModelStream() {
        @Override
        public ModelEvent next() throws ModelException {
          if (events.isEmpty()) {
            throw failure;
          }
          return events.remove();
        }

        @Override
        public void close() {}
      };
    };
  }

  private List<ResponseItem> step(ModelClient model, Pause pause)
      throws ModelException, InterruptedException {
    return step(model, pause, new Steering()).items();
  }

  private Sampling.Step step(ModelClient model, Pause pause, Steering steering)
      throws ModelException, InterruptedException {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return new Sampling(model, new RetryDelay(() -> 0.5), pause, clock)
        .step(SamplingTest::request, steering, io);
  }

  private static ModelRequest request(List<ResponseItem> alreadyDone) {
    List<ResponseItem> input = new ArrayList<>();
    input.add(QUESTION);
    input.addAll(alreadyDone);
    URI nowhere = URI.create("http://127.0.0.1:1");
    return new ModelRequest(
        new ModelProvider("mock", "Mock", nowhere, null, Map.of(), 0, 1, Duration.ofSeconds(1)),
        null,
        new ModelRequest.Caller("codex-lsp", "codex-lsp/0.1.0", THREAD, TURN),
        ModelInfo.of("mock-model"),
        ModelRequest.Manner.ofEffort(null),
        input,
        List.of(),
        ModelRequest.Occasion.ofWhole(THREAD));
  }

  @Test
  void aCallBeforeACutHasAnOutputInTheNextTryAndIsNotRun() throws Exception {
    ModelException passing = new ModelException(CUT, new ModelException.Retry.Backoff());
    ModelClient model =
        model(
            passing,
            List.of(
                List.of(new ModelEvent.ItemDone(CALL)),
                List.of(new ModelEvent.ItemDone(OTHER_CALL), COMPLETED)));
    List<Duration> pauses = new ArrayList<>();
    List<ResponseItem> items = step(model, pauses::add);

    assertThat(inputs).containsExactly(List.of(QUESTION), List.of(QUESTION, CALL, NOT_RUN));
    assertThat(io.history).containsExactly(CALL, NOT_RUN, OTHER_CALL);
    assertThat(items).containsExactly(CALL, NOT_RUN, OTHER_CALL);
    assertThat(Sampling.openCalls(items)).containsExactly(OTHER_CALL);
    assertThat(pauses).containsExactly(Duration.ofMillis(200));
    assertThat(io.events)
        .containsExactly(
            new ThreadEvent.ErrorOccurred(
                THREAD,
                TURN,
                new TurnError(
                    "Reconnecting... 1/1",
                    new CodexErrorInfo.ResponseStreamDisconnected(null),
                    "cut"),
                true));
  }

  @Test
  void aCallBeforeTheLastFailureHasAnOutput() {
    ModelException last = new ModelException(CUT, new ModelException.Retry.Never());
    ModelClient model = model(last, List.of(List.of(new ModelEvent.ItemDone(CALL))));

    assertThat(catchThrowableOfType(ModelException.class, () -> step(model, _ -> {})))
        .isSameAs(last);
    assertThat(io.history).containsExactly(CALL, NOT_RUN);
  }

  @Test
  void aCallBeforeAnInterruptHasAnOutput() {
    ModelException passing = new ModelException(CUT, new ModelException.Retry.Backoff());
    ModelClient model = model(passing, List.of(List.of(new ModelEvent.ItemDone(CALL))));
    Pause interrupted =
        _ -> {
          throw new InterruptedException();
        };

    assertThat(catchThrowableOfType(InterruptedException.class, () -> step(model, interrupted)))
        .isNotNull();
    assertThat(io.history).containsExactly(CALL, NOT_RUN);
  }

  /// Who speaks between two tries is not made to wait for the second one.
  @Test
  void wordsCutAWaitForTheNextTry() throws Exception {
    ModelException passing = new ModelException(CUT, new ModelException.Retry.Backoff());
    ModelClient model = model(passing, List.of(List.of(new ModelEvent.ItemDone(CALL))));
    Steering steering = new Steering();
    TurnInput words = TurnInput.of(List.of());
    Pause spokenTo =
        _ -> {
          assertThat(steering.offer(words, () -> true)).isEqualTo(Steering.Offer.TAKEN);
          Thread.sleep(Duration.ofSeconds(20));
        };

    Sampling.Step step = step(model, spokenTo, steering);
    assertThat(step).isEqualTo(new Sampling.Step(List.of(CALL, NOT_RUN), true));
    assertThat(Thread.interrupted()).isFalse();
    assertThat(steering.next()).isEqualTo(words);
  }
}
