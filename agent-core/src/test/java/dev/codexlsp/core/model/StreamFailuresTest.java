package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.core.thread.TurnError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// The rows are what the original was seen to do; the texts are our own.
class StreamFailuresTest {
  private static final StreamFailures FAILURES = new StreamFailures(new Failures(List.of()));
  private static final Retry NEVER = new Retry.Never();
  private static final Retry BACKOFF = new Retry.Backoff();

  record Row(String error, CodexErrorInfo info, String message, Retry retry) {}

  static final List<Row> FAILED =
      List.of(
          new Row(
              "{'code':'context_length_exceeded','message':'x'}",
              Kind.CONTEXT_WINDOW_EXCEEDED,
              "the conversation no longer fits into the model's context window; start a new thread",
              NEVER),
          new Row(
              "{'code':'insufficient_quota','message':'pay'}",
              Kind.USAGE_LIMIT_EXCEEDED,
              "quota exceeded: pay",
              NEVER),
          new Row(
              "{'code':'usage_not_included','message':'upgrade'}",
              Kind.USAGE_LIMIT_EXCEEDED,
              "quota exceeded: upgrade",
              NEVER),
          new Row(
              "{'code':'invalid_prompt','message':'bad prompt'}", Kind.OTHER, "bad prompt", NEVER),
          new Row(
              "{'code':'server_is_overloaded','message':'x'}",
              Kind.SERVER_OVERLOADED,
              "the model is overloaded",
              NEVER),
          new Row(
              "{'code':'rate_limit_exceeded','message':'try again in 1.3s'}",
              Kind.RATE_LIMIT_EXCEEDED,
              "rate limit exceeded: try again in 1.3s",
              new Retry.After(Duration.ofMillis(1_300))),
          new Row(
              "{'code':'rate_limit_exceeded','message':'no time given'}",
              Kind.RATE_LIMIT_EXCEEDED,
              "rate limit exceeded: no time given",
              BACKOFF),
          new Row(
              "{'code':'slow_down','message':'x'}",
              Kind.RATE_LIMIT_EXCEEDED,
              "rate limit exceeded: x",
              BACKOFF),
          new Row(
              "{'code':'server_error','message':'try again in 1s'}",
              Kind.OTHER,
              "the response failed: try again in 1s",
              BACKOFF),
          new Row("{}", Kind.OTHER, "the response failed: ", BACKOFF));

  @ParameterizedTest
  @FieldSource("FAILED")
  void failed(Row row) {
    check(FAILURES.failed(ModelRequests.json(row.error())), row);
  }

  @ParameterizedTest
  @CsvSource({"max_output_tokens, max_output_tokens", "'', unknown"})
  void incomplete(String reason, String told) {
    check(
        FAILURES.incomplete(reason),
        new Row("", Kind.OTHER, "incomplete response, reason: " + told, NEVER));
  }

  @Test
  void streamsThatStop() {
    check(
        FAILURES.ended("[DONE]"),
        new Row("", Kind.OTHER, "the stream ended before [DONE]", BACKOFF));
    check(
        FAILURES.cut("response.completed", new IOException("closed")),
        new Row("", Kind.OTHER, "the stream was cut before response.completed: closed", BACKOFF));
    check(
        FAILURES.silent(Duration.ofMinutes(5)),
        new Row("", Kind.OTHER, "nothing came from the model for 300 s", BACKOFF));
    check(
        FAILURES.silent(Duration.ofMillis(1_500)),
        new Row("", Kind.OTHER, "nothing came from the model for 1500 ms", BACKOFF));
    check(
        FAILURES.tooLarge(100),
        new Row("", Kind.OTHER, "the model sent an event of more than 100 bytes", NEVER));
  }

  private static void check(ModelException failure, Row row) {
    assertThat(failure.error()).isEqualTo(new TurnError(row.message(), row.info(), null));
    assertThat(failure.retry()).isEqualTo(row.retry());
  }
}
