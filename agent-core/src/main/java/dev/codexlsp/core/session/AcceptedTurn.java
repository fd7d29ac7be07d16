package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.TurnKind;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.turn.CodeReviewPrompt;
import dev.codexlsp.core.turn.TurnWork;
import java.util.List;

/// A turn that has been promised to a client and has not begun.
record AcceptedTurn(TurnId id, TurnWork work) {

  TurnKind kind() {
    return work.kind();
  }

  /// The turn as the answer to its request shows it.
  Turn announced() {
    return new Turn(
        id, items(), Turn.ItemsView.NOT_LOADED, Turn.Status.IN_PROGRESS, null, null, null, null);
  }

  /// A review is asked for in no words of the user, so the answer says what it looks at.
  private List<Item> items() {
    return switch (work) {
      case TurnWork.Conversation _, TurnWork.Compaction _ -> List.of();
      case TurnWork.Review(ReviewTarget target) ->
          List.of(
              new Item.UserMessage(
                  new ItemId(id.value()),
                  null,
                  List.of(new UserInput.Text(CodeReviewPrompt.label(target)))));
    };
  }
}
