package dev.codexlsp.core.thread;

import org.jspecify.annotations.Nullable;

/// The class of a failure, for clients that act on it. Plain kinds are a word on the wire; those
/// that carry a status are an object with one member.
public sealed interface CodexErrorInfo {

  enum Kind implements CodexErrorInfo {
    CONTEXT_WINDOW_EXCEEDED,
    USAGE_LIMIT_EXCEEDED,
    RATE_LIMIT_EXCEEDED,
    SERVER_OVERLOADED,
    MODEL_NOT_FOUND,
    INTERNAL_SERVER_ERROR,
    UNAUTHORIZED,
    BAD_REQUEST,
    OTHER
  }

  record HttpConnectionFailed(@Nullable Integer httpStatusCode) implements CodexErrorInfo {}

  record ResponseStreamDisconnected(@Nullable Integer httpStatusCode) implements CodexErrorInfo {}

  /// The turn that runs does not listen to the user.
  record ActiveTurnNotSteerable(TurnKind turnKind) implements CodexErrorInfo {}

  record ResponseTooManyFailedAttempts(@Nullable Integer httpStatusCode)
      implements CodexErrorInfo {}
}
