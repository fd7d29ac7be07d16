package dev.codexlsp.server.client;

import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadListener;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import java.util.stream.Collectors;

/// Tells a client that knows only LSP how a turn went: the answer's first lines as a message, the
/// whole of it in the log.
final class MessageVoice implements ThreadListener {
  private static final int SHOWN_LINES = 5;
  private static final int SHOWN_CHARACTERS = 400;

  private final Messages messages;

  MessageVoice(Messages messages) {
    this.messages = messages;
  }

  @Override
  public void onEvent(ThreadEvent event) {
    switch (event) {
      case ThreadEvent.ItemCompleted(var _, var _, Item.AgentMessage message, var _)
          when !message.text().isBlank() ->
          messages.log(Messages.Type.INFO, message.text());
      case ThreadEvent.ItemCompleted(var _, var _, Item.Plan plan, var _) ->
          messages.log(Messages.Type.INFO, plan.text());
      case ThreadEvent.ErrorOccurred(var _, var _, TurnError error, boolean willRetry)
          when willRetry ->
          messages.log(Messages.Type.WARNING, error.message());
      case ThreadEvent.GuardianWarning(var _, String message) ->
          messages.log(Messages.Type.WARNING, message);
      case ThreadEvent.Warning(var _, String message) ->
          messages.log(Messages.Type.WARNING, message);
      case ThreadEvent.TurnCompleted(var _, Turn turn) -> ended(turn);
      case ThreadEvent.ItemCompleted _,
          ThreadEvent.ErrorOccurred _,
          ThreadEvent.ThreadStarted _,
          ThreadEvent.ThreadStatusChanged _,
          ThreadEvent.TurnStarted _,
          ThreadEvent.ItemStarted _,
          ThreadEvent.AgentMessageDelta _,
          ThreadEvent.PlanDelta _,
          ThreadEvent.ReasoningSummaryPartAdded _,
          ThreadEvent.ReasoningSummaryTextDelta _,
          ThreadEvent.ReasoningTextDelta _,
          ThreadEvent.CommandOutputDelta _,
          ThreadEvent.TerminalInteraction _,
          ThreadEvent.TurnDiffUpdated _,
          ThreadEvent.AutoApprovalReviewStarted _,
          ThreadEvent.AutoApprovalReviewCompleted _,
          ThreadEvent.TurnPlanUpdated _,
          ThreadEvent.TokenUsageUpdated _ -> {}
    }
  }

  private void ended(Turn turn) {
    switch (turn.status()) {
      case COMPLETED -> {
        if (!turn.items().isEmpty()
            && turn.items().getLast() instanceof Item.AgentMessage message) {
          messages.show(Messages.Type.INFO, firstLines(message.text()));
        } else {
          messages.show(Messages.Type.INFO, "Codex is done and said nothing.");
        }
      }
      case INTERRUPTED -> messages.show(Messages.Type.WARNING, "Codex was interrupted.");
      case FAILED -> {
        TurnError error = turn.error();
        messages.show(
            Messages.Type.ERROR,
            "Codex failed: " + (error == null ? "for an unknown reason" : error.message()));
      }
      case IN_PROGRESS -> {}
    }
  }

  static String firstLines(String text) {
    String whole = text.strip().lines().collect(Collectors.joining("\n"));
    String lines = whole.lines().limit(SHOWN_LINES).collect(Collectors.joining("\n"));
    int end = Math.min(lines.length(), SHOWN_CHARACTERS);
    if (end > 0 && Character.isHighSurrogate(lines.charAt(end - 1))) {
      end--;
    }
    return end == whole.length()
        ? whole
        : lines.substring(0, end) + " … (the whole answer is in the log)";
  }
}
