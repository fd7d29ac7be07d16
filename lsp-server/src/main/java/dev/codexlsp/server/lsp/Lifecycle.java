package dev.codexlsp.server.lsp;

import dev.codexlsp.server.rpc.Refusal;

/// How far a session has come, and what the client may say at that point. Confined to the reader
/// thread.
public final class Lifecycle {
  static final String INITIALIZE = "initialize";
  static final String EXIT = "exit";

  private enum Stage {
    BEFORE_INITIALIZE,
    INITIALIZED,
    SHUT_DOWN
  }

  private Stage stage = Stage.BEFORE_INITIALIZE;

  /// Refuses a request that may not come now.
  public void requireRequest(String method) {
    switch (stage) {
      case BEFORE_INITIALIZE -> {
        if (!method.equals(INITIALIZE)) {
          throw Refusal.notInitialized();
        }
      }
      case INITIALIZED -> {
        if (method.equals(INITIALIZE)) {
          throw Refusal.invalidRequest("Already initialized");
        }
      }
      case SHUT_DOWN -> throw Refusal.invalidRequest("the server is shut down");
    }
  }

  /// Whether a notification is heard now; `exit` always is.
  public boolean allowsNotification(String method) {
    return stage == Stage.INITIALIZED || method.equals(EXIT);
  }

  void initialized() {
    stage = Stage.INITIALIZED;
  }

  void shutDown() {
    stage = Stage.SHUT_DOWN;
  }

  /// The status the process ends with when the session is over, by `exit` or because the client's
  /// stream has ended: 0 when the client had asked for the shutdown.
  public int exitStatus() {
    return switch (stage) {
      case SHUT_DOWN -> 0;
      case BEFORE_INITIALIZE, INITIALIZED -> 1;
    };
  }
}
