package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ReviewOutput;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.tool.TurnIo;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/// Frames a review: it is entered, the reviewer works with a history of its own, it is left with a
/// result whatever has happened, and that result enters the thread's history. Confined to the
/// turn's thread.
///
/// @param io of the turn, not of the reviewer
record CodeReview(ThreadId threadId, TurnId turnId, Supplier<String> ids, Clock clock, TurnIo io) {
  private static final String NO_RESULT = "The reviewer has not come to a result.";

  /// The reviewer's work.
  interface Reviewer {
    TurnOutcome run(TurnHistory history) throws ModelException, InterruptedException;
  }

  TurnOutcome run(ReviewTarget target, TurnHistory history, Reviewer reviewer)
      throws ModelException, InterruptedException {
    show(new Item.EnteredReviewMode(newId(), CodeReviewPrompt.label(target), target));
    String answer = "";
    try {
      TurnOutcome outcome = reviewer.run(history);
      if (outcome instanceof TurnOutcome.Completed) {
        answer = lastMessage(history.items());
      }
      return outcome;
    } finally {
      boolean isInterrupted = Thread.interrupted();
      leave(answer);
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Must not be cut short: what was entered is left.
  private void leave(String answer) throws InterruptedException {
    ReviewOutput output = CodeReviewAnswer.read(answer);
    String words = output == null ? answer.strip() : CodeReviewAnswer.text(output);
    String result = words.isEmpty() ? NO_RESULT : words;
    show(new Item.ExitedReviewMode(newId(), result, output));
    io.remember(
        ResponseItem.message(
            "user",
            "<user_action>\n<action>review</action>\n<context>The user had a reviewer look at"
                + " changes. This is what it said; the user may want some of it"
                + " resolved.</context>\n<results>\n"
                + result
                + "\n</results>\n</user_action>"));
    if (!answer.isEmpty()) {
      io.remember(ResponseItem.message("assistant", result));
      show(new Item.AgentMessage(newId(), result, null));
    }
  }

  private static String lastMessage(List<ResponseItem> items) {
    return items.reversed().stream()
        .filter(item -> item.text("role").equals("assistant"))
        .map(item -> String.join("", item.texts("content")))
        .findFirst()
        .orElse("");
  }

  private ItemId newId() {
    return new ItemId(ids.get());
  }

  private void show(Item item) throws InterruptedException {
    long now = clock.millis();
    io.emit(new ThreadEvent.ItemStarted(threadId, turnId, item, now));
    io.emit(new ThreadEvent.ItemCompleted(threadId, turnId, item, now));
  }
}
