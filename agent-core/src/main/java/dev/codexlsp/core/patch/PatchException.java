package dev.codexlsp.core.patch;

/// Why a patch cannot be read or does not fit, on the way to the result that says so. It never
/// leaves this package.
final class PatchException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  PatchException(String reason) {
    this(0, reason);
  }

  PatchException(int line, String reason) {
    super(reason, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
