package dev.codexlsp.core.turn;

import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.TurnKind;

/// What a turn shall do.
public sealed interface TurnWork {

  TurnKind kind();

  /// What counts for the turn only.
  default TurnOptions options() {
    return TurnOptions.NONE;
  }

  /// Answer the user.
  record Conversation(TurnInput input, TurnOptions options) implements TurnWork {
    @Override
    public TurnKind kind() {
      return TurnKind.REGULAR;
    }
  }

  /// Look at changes.
  record Review(ReviewTarget target) implements TurnWork {
    @Override
    public TurnKind kind() {
      return TurnKind.REVIEW;
    }

    @Override
    public TurnOptions options() {
      return new TurnOptions(CodeReviewAnswer.schema(), null);
    }
  }

  /// Make the history shorter.
  record Compaction() implements TurnWork {
    @Override
    public TurnKind kind() {
      return TurnKind.COMPACT;
    }
  }
}
