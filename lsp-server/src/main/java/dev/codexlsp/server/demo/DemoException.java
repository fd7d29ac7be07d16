package dev.codexlsp.server.demo;

/// The demo cannot go on; the message says why in one line.
final class DemoException extends Exception {
  private static final long serialVersionUID = 1;

  DemoException(String message) {
    super(message);
  }

  DemoException(String message, Throwable cause) {
    super(message, cause);
  }
}
