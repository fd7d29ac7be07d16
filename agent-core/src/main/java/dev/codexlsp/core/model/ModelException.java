package dev.codexlsp.core.model;

import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.TurnError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A sampling step that failed, with everything the turn needs to go on: what to tell the user, and
/// whether trying again makes sense. The error is the one that ends the turn; what is announced
/// while the step is tried again follows from it.
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient TurnError error;
  private final transient Retry retry;

  public ModelException(TurnError error, Retry retry) {
    super(error.message());
    this.error = error;
    this.retry = retry;
  }

  public TurnError error() {
    return error;
  }

  public Retry retry() {
    return retry;
  }

  /// What clients are told while the step is tried again: the failure itself becomes a detail, and
  /// whatever it was is announced as a stream that was disconnected.
  ///
  /// @param attempt 1 for the first time the step is tried again
  public TurnError reconnecting(int attempt, int attempts) {
    return new TurnError(
        "Reconnecting... " + attempt + "/" + attempts,
        new CodexErrorInfo.ResponseStreamDisconnected(httpStatusCode()),
        error.message());
  }

  private @Nullable Integer httpStatusCode() {
    return switch (error.codexErrorInfo()) {
      case CodexErrorInfo.HttpConnectionFailed(var status) -> status;
      case CodexErrorInfo.ResponseTooManyFailedAttempts(var status) -> status;
      case CodexErrorInfo.ResponseStreamDisconnected(var status) -> status;
      case CodexErrorInfo.Kind _, CodexErrorInfo.ActiveTurnNotSteerable _ -> null;
      case null -> null;
    };
  }

  /// Whether, and when, the whole step may be tried again.
  public sealed interface Retry {

    record Never() implements Retry {}

    /// After the usual growing delay.
    record Backoff() implements Retry {}

    /// After exactly the delay that the server named.
    record After(Duration delay) implements Retry {}
  }
}
