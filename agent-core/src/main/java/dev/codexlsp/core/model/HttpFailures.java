package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexErrorInfo.HttpConnectionFailed;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.core.thread.CodexErrorInfo.ResponseTooManyFailedAttempts;
import dev.codexlsp.exec.http.Unreachable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decides what it means that a request was not answered by a stream: pure, the table of the
/// measured behaviour. What it calls worth another try is meant for the whole sampling step; the
/// tries of the one HTTP request are over by then.
///
/// @param endpoint where the request went, and through which proxy, for messages
/// @param clock tells dates apart, and the zone that the user lives in
record HttpFailures(String endpoint, Failures failures, Clock clock) {
  private static final int BAD_REQUEST = 400;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int INTERNAL_SERVER_ERROR = 500;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  /// Nobody answered at all.
  ModelException unreachable(IOException cause) {
    return failures.passing(
        Kind.OTHER, "cannot reach " + endpoint + ": " + Unreachable.reason(cause));
  }

  /// A status that is not a success.
  ModelException refused(HttpAnswer answer) {
    JsonObject body = Json.object(answer.body());
    JsonObject error = body == null ? new JsonObject() : Json.child(body, "error");
    return answer.status() >= INTERNAL_SERVER_ERROR
        ? brokenServer(answer, error)
        : rejectedRequest(answer, error);
  }

  private ModelException brokenServer(HttpAnswer answer, JsonObject error) {
    if (answer.status() == SERVICE_UNAVAILABLE) {
      switch (Json.text(error, "code")) {
        case "server_is_overloaded" -> {
          return failures.last(Kind.SERVER_OVERLOADED, "the model is overloaded");
        }
        case "slow_down" -> {
          return again(Kind.RATE_LIMIT_EXCEEDED, "rate limit exceeded: " + said(answer), answer);
        }
        default -> {
          // Nothing that we know better than the status.
        }
      }
    }
    CodexErrorInfo info =
        answer.status() == INTERNAL_SERVER_ERROR
            ? Kind.INTERNAL_SERVER_ERROR
            : new HttpConnectionFailed(answer.status());
    return again(info, unexpected(answer), answer);
  }

  private ModelException rejectedRequest(HttpAnswer answer, JsonObject error) {
    if (ContextOverflow.isTold(error)) {
      return StreamFailures.contextWindowExceeded(failures);
    }
    return switch (Json.text(error, "code")) {
      case "model_not_found" -> failures.last(Kind.MODEL_NOT_FOUND, said(answer));
      case "insufficient_quota" -> quotaExceeded(answer);
      default ->
          switch (answer.status()) {
            case BAD_REQUEST -> failures.last(Kind.OTHER, badRequest(answer));
            case PROXY_AUTHENTICATION_REQUIRED ->
                failures.last(
                    new HttpConnectionFailed(answer.status()),
                    "cannot reach " + endpoint + ": the proxy wants another user and password");
            case TOO_MANY_REQUESTS -> tooManyRequests(answer, error);
            default -> again(new HttpConnectionFailed(answer.status()), unexpected(answer), answer);
          };
    };
  }

  private ModelException tooManyRequests(HttpAnswer answer, JsonObject error) {
    return switch (Json.text(error, "type")) {
      case "usage_limit_reached" ->
          failures.last(
              Kind.USAGE_LIMIT_EXCEEDED,
              "usage limit reached, try again " + resetTime(Json.number(error, "resets_at")));
      case "usage_not_included", "insufficient_quota" -> quotaExceeded(answer);
      default -> {
        Duration delay = retryAfter(answer);
        Retry retry = delay == null ? new Retry.Never() : new Retry.After(delay);
        CodexErrorInfo info = new ResponseTooManyFailedAttempts(TOO_MANY_REQUESTS);
        yield failures.of(info, "too many requests: " + said(answer), retry);
      }
    };
  }

  private ModelException quotaExceeded(HttpAnswer answer) {
    return failures.last(Kind.USAGE_LIMIT_EXCEEDED, "quota exceeded: " + said(answer));
  }

  private ModelException again(CodexErrorInfo info, String message, HttpAnswer answer) {
    Duration delay = retryAfter(answer);
    return failures.of(info, message, delay == null ? new Retry.Backoff() : new Retry.After(delay));
  }

  private @Nullable Duration retryAfter(HttpAnswer answer) {
    String value = answer.headers().firstValue("retry-after").orElse("");
    return ServerDelay.ofHeader(value, clock);
  }

  private String unexpected(HttpAnswer answer) {
    String requestId =
        answer.headers().firstValue("x-request-id").map(id -> ", request id " + id).orElse("");
    return "unexpected status "
        + answer.status()
        + " from "
        + endpoint
        + requestId
        + ": "
        + said(answer);
  }

  private static String badRequest(HttpAnswer answer) {
    return answer.body().isBlank() ? "the request was rejected: " + said(answer) : answer.body();
  }

  /// The error's message when the body has the usual form, else the body.
  private static String said(HttpAnswer answer) {
    JsonObject body = Json.object(answer.body());
    String message = body == null ? "" : Json.text(Json.child(body, "error"), "message");
    if (!message.isBlank()) {
      return message;
    }
    return answer.body().isBlank() ? "no further text" : answer.body();
  }

  /// The time in the user's zone; the date only when it is not today's.
  private String resetTime(long epochSecond) {
    if (epochSecond <= 0 || epochSecond > Instant.MAX.getEpochSecond()) {
      return "later";
    }
    ZonedDateTime reset = Instant.ofEpochSecond(epochSecond).atZone(clock.getZone());
    boolean today =
        reset.toLocalDate().equals(clock.instant().atZone(clock.getZone()).toLocalDate());
    return "at " + (today ? TIME : DATE_AND_TIME).format(reset);
  }
}
