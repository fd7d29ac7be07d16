package dev.codexlsp.core.thread;

/// Names an item: the model's own id where the model made the item, the call id for a tool call,
/// else ours.
public record ItemId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
