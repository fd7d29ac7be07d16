package dev.codexlsp.exec.remote;

/// A place that could not be reached. The message is one sentence for people: lower case, with the
/// name of the place.
final class DialException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean mayPass;

  /// @param mayPass whether it makes sense to try again soon
  DialException(String message, boolean mayPass) {
    super(message);
    this.mayPass = mayPass;
  }

  boolean mayPass() {
    return mayPass;
  }
}
