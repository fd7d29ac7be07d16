package dev.codexlsp.core.store;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput.TextElement;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a rollout, as the file format knows it. Times are Unix seconds.
sealed interface RolloutLine
    permits SessionMeta, TurnContext, Compacted, RolloutLine.History, RolloutLine.Event {

  /// A piece of the model's history, verbatim.
  record History(ResponseItem item) implements RolloutLine {}

  /// What a client was shown, and how a turn went.
  sealed interface Event extends RolloutLine {}

  record TaskStarted(TurnId turnId, @Nullable Long startedAt, long modelContextWindow)
      implements Event {}

  /// What the user has sent; the format has room for one text.
  ///
  /// @param images within the message
  /// @param localImages in files
  record UserMessage(
      @Nullable String clientId,
      String text,
      List<String> images,
      List<Path> localImages,
      List<TextElement> textElements)
      implements Event {
    public UserMessage {
      images = List.copyOf(images);
      localImages = List.copyOf(localImages);
      textElements = List.copyOf(textElements);
    }
  }

  record AgentMessage(String text, @Nullable String phase) implements Event {}

  /// One part of a reasoning summary.
  record AgentReasoning(String text) implements Event {}

  record TokenCount(TokenUsage usage) implements Event {}

  record ContextCompacted() implements Event {}

  record EnteredReviewMode(TurnId turnId, Item.EnteredReviewMode item) implements Event {}

  record ExitedReviewMode(TurnId turnId, Item.ExitedReviewMode item) implements Event {}

  /// A turn that came to its own end, good or bad.
  ///
  /// @param error null for a turn that did not fail
  record TaskComplete(
      TurnId turnId,
      @Nullable String lastAgentMessage,
      @Nullable TurnError error,
      @Nullable Long startedAt,
      @Nullable Long completedAt,
      @Nullable Long durationMs)
      implements Event {}

  /// A finished item as numbered files know it, which have this instead of the messages and modes
  /// above; plans are spelled so in every file.
  record ItemCompleted(ThreadId threadId, TurnId turnId, JsonObject item, long atMs)
      implements Event {}

  record TurnAborted(
      TurnId turnId,
      @Nullable Long startedAt,
      @Nullable Long completedAt,
      @Nullable Long durationMs)
      implements Event {}
}
