package dev.codexlsp.core.thread;

/// Names a thread; a UUID in version 7, as text.
public record ThreadId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
