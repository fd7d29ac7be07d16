package dev.codexlsp.core.approval;

import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would you like? (`item/tool/requestUserInput`)
///
/// @param isBlocking whether the turn waits for the answer; ours always do
public record UserInputRequest(
    ThreadId threadId, TurnId turnId, ItemId itemId, List<Question> questions, boolean isBlocking)
    implements ServerRequest {
  public UserInputRequest {
    questions = List.copyOf(questions);
  }

  /// One of them.
  ///
  /// @param id what the answer is found by
  /// @param header a word or two
  /// @param isOther whether words of the user's own are an answer too
  /// @param isSecret whether the answer must not be shown while it is typed
  /// @param options what can be chosen from; null for words of the user's own only
  public record Question(
      String id,
      String header,
      String question,
      boolean isOther,
      boolean isSecret,
      @Nullable List<Option> options) {
    public Question {
      options = options == null ? null : List.copyOf(options);
    }
  }

  public record Option(String label, String description) {}
}
