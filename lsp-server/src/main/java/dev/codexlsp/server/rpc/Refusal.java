package dev.codexlsp.server.rpc;

import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/// A message we decline because of what it is or when it came. It becomes an error answer with this
/// code and text; it is never a bug.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final int OVERLOADED = -32001;

  private final int code;

  private Refusal(ResponseErrorCode code, String message) {
    this(code.getValue(), message);
  }

  private Refusal(int code, String message) {
    super(message);
    this.code = code;
  }

  public static Refusal parseError(String message) {
    return new Refusal(ResponseErrorCode.ParseError, message);
  }

  public static Refusal invalidRequest(String message) {
    return new Refusal(ResponseErrorCode.InvalidRequest, message);
  }

  public static Refusal methodNotFound(String method) {
    return new Refusal(ResponseErrorCode.MethodNotFound, "unknown method `" + method + "`");
  }

  public static Refusal notInitialized() {
    return new Refusal(ResponseErrorCode.ServerNotInitialized, "Not initialized");
  }

  /// Too much is waiting for an answer. The code is the one that clients of the original know.
  static Refusal overloaded() {
    return new Refusal(OVERLOADED, "Server overloaded; retry later.");
  }

  public int code() {
    return code;
  }
}
