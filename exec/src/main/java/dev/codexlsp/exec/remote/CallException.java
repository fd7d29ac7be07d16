package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.Row;

/// Why a call has no result. The message is for people, lower case.
abstract sealed class CallException extends Exception {
  private static final long serialVersionUID = 1;

  private CallException(String message) {
    super(message);
  }

  /// The server has said no.
  static final class Refused extends CallException {
    private static final long serialVersionUID = 1;

    private final transient ExecError error;

    Refused(ExecError error) {
      super(error.message());
      this.error = error;
    }

    int code() {
      return error.code();
    }
  }

  /// The connection broke before the answer came: the call may have been carried out or not.
  static final class Broken extends CallException {
    private static final long serialVersionUID = 1;

    Broken(String reason) {
      super(reason);
    }
  }

  /// The server took longer than anybody wants to wait.
  static final class Unanswered extends CallException {
    private static final long serialVersionUID = 1;

    Unanswered(String reason) {
      super(reason);
    }

    static Unanswered to(Row.Request<?, ?> method, Deadline deadline) {
      return new Unanswered(
          "no answer to " + method.name() + " within " + Words.of(deadline.limit()));
    }
  }

  /// The session is over; nothing that belongs to it can be asked any more.
  static final class Ended extends CallException {
    private static final long serialVersionUID = 1;

    Ended(String reason) {
      super(reason);
    }
  }
}
