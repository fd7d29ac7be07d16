package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ExecError;

/// A request that is answered with an error, which the message says to the client.
final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;

  private Refused(int code, String message) {
    super(message);
    this.code = code;
  }

  static Refused invalidRequest(String message) {
    return new Refused(ExecError.INVALID_REQUEST, message);
  }

  static Refused invalidParams(String message) {
    return new Refused(ExecError.INVALID_PARAMS, message);
  }

  static Refused methodNotFound(String method) {
    return new Refused(
        ExecError.METHOD_NOT_FOUND, "exec-server stub does not implement `" + method + "` yet");
  }

  static Refused notFound(String message) {
    return new Refused(ExecError.NOT_FOUND, message);
  }

  /// The system does not let us do it.
  static Refused failed(String message) {
    return new Refused(ExecError.INTERNAL, message);
  }

  static Refused sessionAttached(String id) {
    return new Refused(
        ExecError.SESSION_ATTACHED, "session " + id + " is already attached to another connection");
  }

  ExecError error() {
    return new ExecError(code, String.valueOf(getMessage()));
  }
}
