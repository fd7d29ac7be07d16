package dev.codexlsp.core.thread;

/// Names a turn; a UUID in version 7, as text.
public record TurnId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
