package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codexlsp.core.model.ModelEvent.Completed;
import dev.codexlsp.core.model.ModelEvent.ItemAdded;
import dev.codexlsp.core.model.ModelEvent.ItemDone;
import dev.codexlsp.core.model.ModelEvent.OutputTextDelta;
import dev.codexlsp.core.model.ModelEvent.ReasoningSummaryPartAdded;
import dev.codexlsp.core.model.ModelEvent.ReasoningSummaryTextDelta;
import dev.codexlsp.core.model.ModelEvent.ReasoningTextDelta;
import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.core.thread.TokenUsage.Breakdown;
import dev.codexlsp.core.thread.TurnError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EventStreamTest {
  private static final Completed COMPLETED =
      new Completed("resp_0", new Breakdown(15, 10, 0, 0, 5, 0));

  @Test
  void reasoningThenACallWithUsage() throws Exception {
    String script =
        """
        response
        reasoning {"summary": ["abc", "d"], "content": ["ef"], "chunk": 2}
        call {"name": "exec_command", "callId": "c1", "arguments": {"cmd": "true"}}
        usage {"input": 100, "cached": 11, "cacheWrite": 12, "output": 20, "reasoning": 3}
        """;
    try (ModelHarness harness = new ModelHarness(script)) {
      assertThat(harness.ask(harness.request()))
          .containsExactly(
              new ItemAdded(item("{'type':'reasoning','id':'rs_0_0','summary':[]}")),
              new ReasoningSummaryPartAdded("rs_0_0", 0),
              new ReasoningSummaryTextDelta("rs_0_0", 0, "ab"),
              new ReasoningSummaryTextDelta("rs_0_0", 0, "c"),
              new ReasoningSummaryPartAdded("rs_0_0", 1),
              new ReasoningSummaryTextDelta("rs_0_0", 1, "d"),
              new ReasoningTextDelta("rs_0_0", 0, "ef"),
              new ItemDone(
                  item(
                      "{'type':'reasoning','id':'rs_0_0','summary':["
                          + "{'type':'summary_text','text':'abc'},"
                          + "{'type':'summary_text','text':'d'}],"
                          + "'content':[{'type':'reasoning_text','text':'ef'}],"
                          + "'encrypted_content':'opaque-rs_0_0'}")),
              new ItemAdded(
                  item(
                      "{'type':'function_call','id':'fc_0_1','call_id':'c1',"
                          + "'name':'exec_command','arguments':''}")),
              new ItemDone(
                  item(
                      "{'type':'function_call','id':'fc_0_1','call_id':'c1',"
                          + "'name':'exec_command','arguments':'{\\'cmd\\':\\'true\\'}'}")),
              new Completed("resp_0", new Breakdown(120, 100, 11, 12, 20, 3)));
    }
  }

  @Test
  void charactersThatReadsSplit() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nbytewise\nmessage \"né 😀 €\"")) {
      assertThat(harness.ask(harness.request())).containsExactlyElementsOf(message("né 😀 €"));
    }
  }

  @Test
  void whatIsNotForUsIsSkipped() throws Exception {
    String script =
        """
        response
        malformed
        comment "still there"
        raw "event: ping\\r\\ndata: [DONE]\\r\\n\\r\\n"
        event {"type": "response.never_heard_of", "delta": "x"}
        message "Hello"
        malformed
        """;
    try (ModelHarness harness = new ModelHarness(script)) {
      assertThat(harness.ask(harness.request())).containsExactlyElementsOf(message("Hello"));
    }
  }

  @Test
  void aDeltaArrivesBeforeTheNextOneIsSent() throws Exception {
    String script = "response\nmessage \"first\"\ngate \"next\"\nmessage \"second\"";
    try (ModelHarness harness = new ModelHarness(script);
        ModelStream stream = harness.client.open(harness.request())) {
      assertThat(stream.next()).isInstanceOf(ItemAdded.class);
      assertThat(stream.next()).isEqualTo(new OutputTextDelta("msg_0_0", "first"));
      assertThat(stream.next()).isInstanceOf(ItemDone.class);
      harness.server.awaitGate("next");
      harness.server.release("next");
      assertThat(stream.next()).isInstanceOf(ItemAdded.class);
      assertThat(stream.next()).isEqualTo(new OutputTextDelta("msg_0_1", "second"));
    }
  }

  @Test
  void aBurstArrivesWholeAndInOrder() throws Exception {
    int count = 20_000;
    String script = "response\nmessage {\"repeat\": \"token {i} \", \"count\": " + count + "}";
    try (ModelHarness harness = new ModelHarness(script)) {
      List<ModelEvent> expected = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        expected.add(new OutputTextDelta("msg_0_0", "token " + i + " "));
      }
      List<ModelEvent> events = harness.ask(harness.request());
      assertThat(events.subList(1, events.size() - 2)).isEqualTo(expected);
      assertThat(events.getLast()).isEqualTo(COMPLETED);
    }
  }

  @Test
  void twoThreadsAtOnce() throws Exception {
    String script =
        """
        response "llama"
        gate "llama"
        message "for llama"
        response "gpt"
        message "for gpt"
        """;
    try (ModelHarness harness = new ModelHarness(script)) {
      ModelRequest plain = ModelRequests.plain(harness.request().provider());
      FutureTask<List<ModelEvent>> llama = new FutureTask<>(() -> harness.ask(plain));
      Thread.ofVirtual().start(llama);
      harness.server.awaitGate("llama");
      assertThat(harness.ask(harness.request()))
          .contains(new OutputTextDelta("msg_1_0", "for gpt"));
      harness.server.release("llama");
      assertThat(llama.get(10, TimeUnit.SECONDS))
          .contains(new OutputTextDelta("msg_0_0", "for llama"));
    }
  }

  record Row(String ending, Kind info, String message, Retry retry) {}

  static final List<Row> ENDINGS =
      List.of(
          new Row(
              "end", Kind.OTHER, "the stream ended before response.completed", new Retry.Backoff()),
          new Row(
              "failed {\"code\": \"rate_limit_exceeded\", \"message\": \"try again in 20ms\"}",
              Kind.RATE_LIMIT_EXCEEDED,
              "rate limit exceeded: try again in 20ms",
              new Retry.After(Duration.ofMillis(20))),
          new Row(
              "incomplete \"max_output_tokens\"",
              Kind.OTHER,
              "incomplete response, reason: max_output_tokens",
              new Retry.Never()),
          new Row(
              "hang", Kind.OTHER, "nothing came from the model for 700 ms", new Retry.Backoff()));

  @ParameterizedTest
  @FieldSource("ENDINGS")
  void streamsThatEndBadly(Row row) throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nmessage \"Hello\"\n" + row.ending());
        ModelStream stream = harness.client.open(harness.request(4, Duration.ofMillis(700)))) {
      List<ModelEvent> events = new ArrayList<>();
      ModelException failure =
          catchThrowableOfType(
              ModelException.class,
              () -> {
                while (true) {
                  events.add(stream.next());
                }
              });
      assertThat(events).isEqualTo(message("Hello").subList(0, 3));
      assertThat(failure.error()).isEqualTo(new TurnError(row.message(), row.info(), null));
      assertThat(failure.retry()).isEqualTo(row.retry());
    }
  }

  @Test
  void aStreamThatIsCut() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nmessage \"Hello\"\ncut")) {
      ModelException failure = harness.failure(harness.request());
      assertThat(failure).hasMessageStartingWith("the stream was cut before response.completed: ");
      assertThat(failure.error().codexErrorInfo()).isEqualTo(Kind.OTHER);
      assertThat(failure.retry()).isEqualTo(new Retry.Backoff());
      assertThat(harness.server.calls()).hasSize(1);
    }
  }

  @Test
  void silenceDropsTheConnection() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nmessage \"Hello\"\nhang")) {
      assertThat(harness.failure(harness.request(0, Duration.ofMillis(300))))
          .hasMessage("nothing came from the model for 300 ms");
      harness.server.awaitDropped(0);
    }
  }

  @Test
  void commentsAreASignOfLife() throws Exception {
    String script =
        "response\ncomment {\"text\": \"busy\", \"times\": 8, \"everyMs\": 150}\nmessage \"Hello\"";
    try (ModelHarness harness = new ModelHarness(script)) {
      assertThat(harness.ask(harness.request(0, Duration.ofSeconds(1))))
          .containsExactlyElementsOf(message("Hello"));
    }
  }

  @Test
  void anInterruptEndsTheStreamAndItsConnection() throws Exception {
    try (ModelHarness harness =
        new ModelHarness("response\nmessage \"Hello\"\ngate \"interrupt\"")) {
      ModelHarness.interruptWhen(
          () -> harness.server.awaitGate("interrupt"), () -> harness.ask(harness.request()));
      harness.server.awaitDropped(0);
    }
  }

  /// Between the request and the first event lie several threads; whichever has the response when
  /// the interrupt comes must not lose it.
  @Test
  void anInterruptAtAnyMomentLeavesNoConnectionBehind() throws Exception {
    int times = 200;
    try (ModelHarness harness = new ModelHarness("response\nmessage \"x\"\nhang\n".repeat(times))) {
      for (int i = 0; i < times; i++) {
        int call = i;
        ModelHarness.interruptWhen(
            () -> harness.server.awaitCall(call + 1), () -> harness.ask(harness.request()));
        harness.server.awaitDropped(call);
      }
    }
  }

  @Test
  void closingInTheMiddleDropsTheConnection() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nmessage \"Hello\"\nhang")) {
      try (ModelStream stream = harness.client.open(harness.request())) {
        assertThat(stream.next()).isInstanceOf(ItemAdded.class);
      }
      harness.server.awaitDropped(0);
    }
  }

  @Test
  void aServerThatKeepsTalkingAfterTheEndIsDropped() throws Exception {
    String completed = "{\\\"type\\\":\\\"response.completed\\\"}";
    String script = "response\nraw \"data: " + completed + "\\n\\n\"\nhang";
    try (ModelHarness harness = new ModelHarness(script)) {
      assertThat(harness.ask(harness.request())).containsExactly(new Completed("", Breakdown.ZERO));
      harness.server.awaitDropped(0);
    }
  }

  @Test
  void anEventBeyondAllMeasure() throws Exception {
    String script = "response\nraw \"data: " + "x".repeat(EventStream.EVENT_LIMIT) + "\"\nhang";
    try (ModelHarness harness = new ModelHarness(script)) {
      ModelException failure = harness.failure(harness.request());
      assertThat(failure).hasMessage("the model sent an event of more than 16777216 bytes");
      assertThat(failure.retry()).isEqualTo(new Retry.Never());
      harness.server.awaitDropped(0);
    }
  }

  @Test
  void thereIsNothingBehindTheEnd() throws Exception {
    try (ModelHarness harness = new ModelHarness("response");
        ModelStream stream = harness.client.open(harness.request())) {
      assertThat(stream.next()).isEqualTo(COMPLETED);
      assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
    }
  }

  private static List<ModelEvent> message(String text) {
    ResponseItem begun = item("{'type':'message','id':'msg_0_0','role':'assistant','content':[]}");
    ResponseItem done =
        item(
            "{'type':'message','id':'msg_0_0','role':'assistant','content':["
                + "{'type':'output_text','text':'"
                + text
                + "'}]}");
    return List.of(
        new ItemAdded(begun), new OutputTextDelta("msg_0_0", text), new ItemDone(done), COMPLETED);
  }

  private static ResponseItem item(String json) {
    return new ResponseItem(ModelRequests.json(json));
  }
}
