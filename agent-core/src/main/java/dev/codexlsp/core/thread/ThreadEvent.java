package dev.codexlsp.core.thread;

/// Something that happened to a thread; each record is the params object of one notification.
///
/// Only a thread's owner makes them, and their order is the order in which they happened.
public sealed interface ThreadEvent {

  record ThreadStarted(ThreadSnapshot thread) implements ThreadEvent {}

  record ThreadStatusChanged(ThreadId threadId, ThreadStatus status) implements ThreadEvent {}

  record TurnStarted(ThreadId threadId, Turn turn) implements ThreadEvent {}

  record TurnCompleted(ThreadId threadId, Turn turn) implements ThreadEvent {}

  record ItemStarted(ThreadId threadId, TurnId turnId, Item item, long startedAtMs)
      implements ThreadEvent {}

  record ItemCompleted(ThreadId threadId, TurnId turnId, Item item, long completedAtMs)
      implements ThreadEvent {}

  record AgentMessageDelta(ThreadId threadId, TurnId turnId, ItemId itemId, String delta)
      implements ThreadEvent {}

  record ReasoningSummaryPartAdded(
      ThreadId threadId, TurnId turnId, ItemId itemId, int summaryIndex) implements ThreadEvent {}

  record ReasoningSummaryTextDelta(
      ThreadId threadId, TurnId turnId, ItemId itemId, String delta, int summaryIndex)
      implements ThreadEvent {}

  record ReasoningTextDelta(
      ThreadId threadId, TurnId turnId, ItemId itemId, String delta, int contentIndex)
      implements ThreadEvent {}

  record CommandOutputDelta(ThreadId threadId, TurnId turnId, ItemId itemId, String delta)
      implements ThreadEvent {}

  record TokenUsageUpdated(ThreadId threadId, TurnId turnId, TokenUsage tokenUsage)
      implements ThreadEvent {}

  /// The model failed.
  ///
  /// @param willRetry true while the turn goes on trying
  record ErrorOccurred(ThreadId threadId, TurnId turnId, TurnError error, boolean willRetry)
      implements ThreadEvent {}
}
