package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.TurnKind;
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
        id, List.of(), Turn.ItemsView.NOT_LOADED, Turn.Status.IN_PROGRESS, null, null, null, null);
  }
}
