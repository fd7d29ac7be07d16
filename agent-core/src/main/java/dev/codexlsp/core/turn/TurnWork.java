package dev.codexlsp.core.turn;

import dev.codexlsp.core.thread.TurnKind;

/// What a turn shall do.
public sealed interface TurnWork {

  TurnKind kind();

  /// Answer the user.
  record Conversation(TurnInput input, TurnOptions options) implements TurnWork {
    @Override
    public TurnKind kind() {
      return TurnKind.REGULAR;
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
