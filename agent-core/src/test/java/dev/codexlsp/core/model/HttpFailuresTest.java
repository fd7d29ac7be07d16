package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexErrorInfo.HttpConnectionFailed;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.core.thread.CodexErrorInfo.ResponseTooManyFailedAttempts;
import dev.codexlsp.core.thread.TurnError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// The rows are what the original was seen to do; the texts are our own.
class HttpFailuresTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Retry NEVER = new Retry.Never();
  private static final Retry BACKOFF = new Retry.Backoff();
  private static final String TOO_LONG =
      "the conversation no longer fits into the model's context window; start a new thread";

  record Row(String name, HttpAnswer answer, CodexErrorInfo info, String message, Retry retry) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Row> ROWS =
      List.of(
          row("400", answer(400, "{\"odd\": 1}"), Kind.OTHER, "{\"odd\": 1}", NEVER),
          row(
              "400 without a body",
              answer(400, " "),
              Kind.OTHER,
              "the request was rejected: no further text",
              NEVER),
          row("400 with retry-after", answer(400, "x", "retry-after", "1"), Kind.OTHER, "x", NEVER),
          row(
              "400 context_length_exceeded",
              answer(400, error("'code':'context_length_exceeded','message':'too long'")),
              Kind.CONTEXT_WINDOW_EXCEEDED,
              TOO_LONG,
              NEVER),
          row(
              "400 model_not_found",
              answer(400, error("'code':'model_not_found','message':'no such model'")),
              Kind.MODEL_NOT_FOUND,
              "no such model",
              NEVER),
          row(
              "404 model_not_found",
              answer(404, error("'code':'model_not_found','message':'no such model'")),
              Kind.MODEL_NOT_FOUND,
              "no such model",
              NEVER),
          row(
              "404 of another kind",
              answer(404, "<html>nope</html>"),
              new HttpConnectionFailed(404),
              "unexpected status 404 from http://host/v1/responses: <html>nope</html>",
              BACKOFF),
          row(
              "401",
              answer(401, error("'message':'bad key'"), "x-request-id", "req-1"),
              new HttpConnectionFailed(401),
              "unexpected status 401 from http://host/v1/responses, request id req-1: bad key",
              BACKOFF),
          row(
              "403 with retry-after",
              answer(403, "no", "retry-after", "1"),
              new HttpConnectionFailed(403),
              "unexpected status 403 from http://host/v1/responses: no",
              new Retry.After(Duration.ofSeconds(1))),
          row(
              "302",
              answer(302, ""),
              new HttpConnectionFailed(302),
              "unexpected status 302 from http://host/v1/responses: no further text",
              BACKOFF),
          row(
              "429",
              answer(429, error("'message':'slow down','code':'rate_limit_exceeded'")),
              new ResponseTooManyFailedAttempts(429),
              "too many requests: slow down",
              NEVER),
          row(
              "429 with retry-after",
              answer(429, "x", "retry-after", "3"),
              new ResponseTooManyFailedAttempts(429),
              "too many requests: x",
              new Retry.After(Duration.ofSeconds(3))),
          row(
              "429 with a date",
              answer(429, "x", "retry-after", "Sun, 01 Mar 2026 10:00:04 GMT"),
              new ResponseTooManyFailedAttempts(429),
              "too many requests: x",
              new Retry.After(Duration.ofSeconds(4))),
          row(
              "429 with a header that says nothing",
              answer(429, "x", "retry-after", "0.5"),
              new ResponseTooManyFailedAttempts(429),
              "too many requests: x",
              NEVER),
          row(
              "429 usage_limit_reached, later today",
              answer(429, error("'type':'usage_limit_reached','resets_at':1772370000")),
              Kind.USAGE_LIMIT_EXCEEDED,
              "usage limit reached, try again at 15:00",
              NEVER),
          row(
              "429 usage_limit_reached, another day, with retry-after",
              answer(
                  429,
                  error("'type':'usage_limit_reached','resets_at':1772600000"),
                  "retry-after",
                  "1"),
              Kind.USAGE_LIMIT_EXCEEDED,
              "usage limit reached, try again at 2026-03-04 06:53",
              NEVER),
          row(
              "429 usage_limit_reached, no time",
              answer(429, error("'type':'usage_limit_reached'")),
              Kind.USAGE_LIMIT_EXCEEDED,
              "usage limit reached, try again later",
              NEVER),
          row(
              "429 usage_limit_reached, no possible time",
              answer(429, error("'type':'usage_limit_reached','resets_at':9223372036854775807")),
              Kind.USAGE_LIMIT_EXCEEDED,
              "usage limit reached, try again later",
              NEVER),
          row(
              "429 usage_not_included",
              answer(429, error("'type':'usage_not_included','message':'not in the plan'")),
              Kind.USAGE_LIMIT_EXCEEDED,
              "quota exceeded: not in the plan",
              NEVER),
          row(
              "429 insufficient_quota",
              answer(429, error("'code':'insufficient_quota','message':'pay'")),
              Kind.USAGE_LIMIT_EXCEEDED,
              "quota exceeded: pay",
              NEVER),
          row(
              "500",
              answer(500, error("'message':'boom'")),
              Kind.INTERNAL_SERVER_ERROR,
              "unexpected status 500 from http://host/v1/responses: boom",
              BACKOFF),
          row(
              "500 with retry-after",
              answer(500, "", "retry-after", "2"),
              Kind.INTERNAL_SERVER_ERROR,
              "unexpected status 500 from http://host/v1/responses: no further text",
              new Retry.After(Duration.ofSeconds(2))),
          row(
              "500 server_is_overloaded",
              answer(500, error("'code':'server_is_overloaded','message':'x'")),
              Kind.INTERNAL_SERVER_ERROR,
              "unexpected status 500 from http://host/v1/responses: x",
              BACKOFF),
          row(
              "502",
              answer(502, "bad gateway"),
              new HttpConnectionFailed(502),
              "unexpected status 502 from http://host/v1/responses: bad gateway",
              BACKOFF),
          row(
              "503",
              answer(503, error("'code':'rate_limit_exceeded','message':'try again in 4s'")),
              new HttpConnectionFailed(503),
              "unexpected status 503 from http://host/v1/responses: try again in 4s",
              BACKOFF),
          row(
              "503 server_is_overloaded",
              answer(503, error("'code':'server_is_overloaded'")),
              Kind.SERVER_OVERLOADED,
              "the model is overloaded",
              NEVER),
          row(
              "503 slow_down",
              answer(503, error("'code':'slow_down','message':'x'")),
              Kind.RATE_LIMIT_EXCEEDED,
              "rate limit exceeded: x",
              BACKOFF),
          row(
              "an error that is not an object",
              answer(500, "{\"error\": \"boom\"}"),
              Kind.INTERNAL_SERVER_ERROR,
              "unexpected status 500 from http://host/v1/responses: {\"error\": \"boom\"}",
              BACKOFF));

  @ParameterizedTest
  @FieldSource("ROWS")
  void refused(Row row) {
    ModelException failure = failures().refused(row.answer());
    assertThat(failure.error()).isEqualTo(new TurnError(row.message(), row.info(), null));
    assertThat(failure.retry()).isEqualTo(row.retry());
  }

  static final List<Arguments> UNREACHABLE =
      List.of(
          Arguments.of(new ConnectException(), "connection refused"),
          Arguments.of(
              new ConnectException().initCause(new UnresolvedAddressException()), "no such host"),
          Arguments.of(new ClosedChannelException(), "ClosedChannelException"),
          Arguments.of(new IOException("no bytes"), "no bytes"));

  @ParameterizedTest
  @FieldSource("UNREACHABLE")
  void unreachable(IOException cause, String reason) {
    ModelException failure = failures().unreachable(cause);
    assertThat(failure.error())
        .isEqualTo(
            new TurnError("cannot reach http://host/v1/responses: " + reason, Kind.OTHER, null));
    assertThat(failure.retry()).isEqualTo(BACKOFF);
  }

  private static HttpFailures failures() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.ofHours(2));
    return new HttpFailures("http://host/v1/responses", new Failures(List.of()), clock);
  }

  private static Row row(
      String name, HttpAnswer answer, CodexErrorInfo info, String message, Retry retry) {
    return new Row(name, answer, info, message, retry);
  }

  private static String error(String members) {
    return ModelRequests.json("{'error':{" + members + "}}").toString();
  }

  private static HttpAnswer answer(int status, String body) {
    return new HttpAnswer(status, HttpHeaders.of(Map.of(), (_, _) -> true), body);
  }

  private static HttpAnswer answer(int status, String body, String header, String value) {
    Map<String, List<String>> headers = Map.of(header, List.of(value));
    return new HttpAnswer(status, HttpHeaders.of(headers, (_, _) -> true), body);
  }
}
