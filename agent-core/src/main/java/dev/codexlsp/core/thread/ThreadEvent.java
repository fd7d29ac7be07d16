package dev.codexlsp.core.thread;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened to a thread; each record is the params object of one notification.
///
/// Only a thread's owner tells them, and their order is the order in which they happened.
public sealed interface ThreadEvent {

  record ThreadStarted(ThreadSnapshot thread) implements ThreadEvent {}

  /// Something that the user should know, and that stops nothing.
  record Warning(ThreadId threadId, String message) implements ThreadEvent {

    /// A model runs that nobody has described.
    public static Warning unknownModel(ThreadId threadId, String model) {
      return new Warning(
          threadId,
          "nothing is known about the model `"
              + model
              + "`, so what it can do is guessed; model_catalog_json can describe it");
    }
  }

  record ThreadStatusChanged(ThreadId threadId, ThreadStatus status) implements ThreadEvent {}

  record TurnStarted(ThreadId threadId, Turn turn) implements ThreadEvent {}

  record TurnCompleted(ThreadId threadId, Turn turn) implements ThreadEvent {}

  record ItemStarted(ThreadId threadId, TurnId turnId, Item item, long startedAtMs)
      implements ThreadEvent {}

  record ItemCompleted(ThreadId threadId, TurnId turnId, Item item, long completedAtMs)
      implements ThreadEvent {}

  record AgentMessageDelta(ThreadId threadId, TurnId turnId, ItemId itemId, String delta)
      implements ThreadEvent {}

  record PlanDelta(ThreadId threadId, TurnId turnId, ItemId itemId, String delta)
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

  /// The model has come back to a command that runs.
  ///
  /// @param stdin what it wrote; empty when it only looked
  record TerminalInteraction(
      ThreadId threadId, TurnId turnId, ItemId itemId, String processId, String stdin)
      implements ThreadEvent {}

  /// What the turn has changed so far, all of it, as git would show it.
  record TurnDiffUpdated(ThreadId threadId, TurnId turnId, String diff) implements ThreadEvent {}

  record TurnPlanUpdated(
      ThreadId threadId, TurnId turnId, @Nullable String explanation, List<TurnPlanStep> plan)
      implements ThreadEvent {
    public TurnPlanUpdated {
      plan = List.copyOf(plan);
    }
  }

  /// A model begins to look at what shall be approved.
  record AutoApprovalReviewStarted(
      ThreadId threadId,
      TurnId turnId,
      String reviewId,
      ItemId targetItemId,
      long startedAtMs,
      ApprovalReview review,
      ReviewedAction action)
      implements ThreadEvent {}

  /// It has said what it thinks, or could not.
  ///
  /// @param decisionSource `agent`
  record AutoApprovalReviewCompleted(
      ThreadId threadId,
      TurnId turnId,
      String reviewId,
      ItemId targetItemId,
      long startedAtMs,
      long completedAtMs,
      String decisionSource,
      ApprovalReview review,
      ReviewedAction action)
      implements ThreadEvent {}

  /// What the user should know of a review.
  record GuardianWarning(ThreadId threadId, String message) implements ThreadEvent {}

  record TokenUsageUpdated(ThreadId threadId, TurnId turnId, TokenUsage tokenUsage)
      implements ThreadEvent {}

  /// The model failed.
  ///
  /// @param willRetry true while the turn goes on trying
  record ErrorOccurred(ThreadId threadId, TurnId turnId, TurnError error, boolean willRetry)
      implements ThreadEvent {}
}
