package dev.codexlsp.core.model;

/// Talks to a model. One call is one sampling step; the caller decides whether a failed one is
/// tried again.
public interface ModelClient {

  /// Sends the request and returns when the server has begun to answer. Failures that only concern
  /// one HTTP exchange (a 5xx, a refused connection) are tried again inside, as often as the
  /// provider says.
  ModelStream open(ModelRequest request) throws ModelException, InterruptedException;
}
