package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import java.time.Duration;

/// Decides what it means that a stream did not reach its end: pure, the table of the measured
/// behaviour.
record StreamFailures(Failures failures) {

  /// The event `response.failed`, or an error that stands in the place of an answer.
  ModelException failed(JsonObject error) {
    if (ContextOverflow.isTold(error)) {
      return contextWindowExceeded(failures);
    }
    String message = Json.text(error, "message");
    return switch (Json.text(error, "code")) {
      case "insufficient_quota", "usage_not_included" ->
          failures.last(Kind.USAGE_LIMIT_EXCEEDED, "quota exceeded: " + message);
      case "invalid_prompt" -> failures.last(Kind.OTHER, message);
      case "server_is_overloaded" ->
          failures.last(Kind.SERVER_OVERLOADED, "the model is overloaded");
      case "rate_limit_exceeded", "slow_down" -> rateLimitExceeded(message);
      default -> failures.passing(Kind.OTHER, "the response failed: " + message);
    };
  }

  /// The model was made to stop before it was done.
  ModelException incomplete(String reason) {
    return failures.last(
        Kind.OTHER, "incomplete response, reason: " + (reason.isEmpty() ? "unknown" : reason));
  }

  /// The body ended in order, but the response did not.
  ModelException ended(String lastEvent) {
    return failures.passing(Kind.OTHER, "the stream ended before " + lastEvent);
  }

  ModelException cut(String lastEvent, Throwable cause) {
    return failures.passing(
        Kind.OTHER, "the stream was cut before " + lastEvent + ": " + cause.getMessage());
  }

  ModelException silent(Duration timeout) {
    return failures.passing(Kind.OTHER, "nothing came from the model for " + text(timeout));
  }

  ModelException tooLarge(int limit) {
    return failures.last(Kind.OTHER, "the model sent an event of more than " + limit + " bytes");
  }

  static ModelException contextWindowExceeded(Failures failures) {
    return failures.last(
        Kind.CONTEXT_WINDOW_EXCEEDED,
        "the conversation no longer fits into the model's context window; start a new thread");
  }

  private ModelException rateLimitExceeded(String message) {
    Duration delay = ServerDelay.ofMessage(message);
    Retry retry = delay == null ? new Retry.Backoff() : new Retry.After(delay);
    return failures.of(Kind.RATE_LIMIT_EXCEEDED, "rate limit exceeded: " + message, retry);
  }

  private static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}
