package dev.codexlsp.core.account;

/// No credential can be had, or none can be kept. The message is for the user and holds no secret.
public final class AccountException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean isPassing;

  private AccountException(String message, boolean isPassing) {
    super(message);
    this.isPassing = isPassing;
  }

  /// One that stays until the user does something.
  static AccountException lasting(String message) {
    return new AccountException(message, false);
  }

  /// One that another try may not meet.
  static AccountException passing(String message) {
    return new AccountException(message, true);
  }

  boolean isPassing() {
    return isPassing;
  }
}
