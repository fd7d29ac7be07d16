package dev.codexlsp.exec.protocol;

/// Why a request failed.
public record ExecError(int code, String message) {
  /// Not at this time, not this id, or no message at all.
  public static final int INVALID_REQUEST = -32600;

  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;

  /// The system refused.
  public static final int INTERNAL = -32603;

  public static final int NOT_FOUND = -32004;

  /// The session is attached to another connection, for now.
  public static final int SESSION_ATTACHED = -32010;
}
