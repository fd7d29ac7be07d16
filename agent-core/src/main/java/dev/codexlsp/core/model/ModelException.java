package dev.codexlsp.core.model;

import dev.codexlsp.core.thread.TurnError;
import java.time.Duration;

/// A sampling step that failed, with everything the turn needs to go on: what to tell the user, and
/// whether trying again makes sense.
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

  /// Whether, and when, the whole step may be tried again.
  public sealed interface Retry {

    record Never() implements Retry {}

    /// After the usual growing delay.
    record Backoff() implements Retry {}

    /// After exactly the delay that the server named.
    record After(Duration delay) implements Retry {}
  }
}
