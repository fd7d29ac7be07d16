package dev.codexlsp.core.model;

import dev.codexlsp.core.thread.TokenUsage;

/// What a model streams, reduced to what the agent acts on. Other events of the wire are skipped.
public sealed interface ModelEvent {

  /// An output item has begun; deltas that name its id follow.
  record ItemAdded(ResponseItem item) implements ModelEvent {}

  record OutputTextDelta(String itemId, String delta) implements ModelEvent {}

  record ReasoningSummaryPartAdded(String itemId, int summaryIndex) implements ModelEvent {}

  record ReasoningSummaryTextDelta(String itemId, int summaryIndex, String delta)
      implements ModelEvent {}

  record ReasoningTextDelta(String itemId, int contentIndex, String delta) implements ModelEvent {}

  /// An output item is whole; from here on it belongs to the history.
  record ItemDone(ResponseItem item) implements ModelEvent {}

  record Completed(String responseId, TokenUsage.Breakdown usage) implements ModelEvent {}
}
