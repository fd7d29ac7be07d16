package dev.codexlsp.core.turn;

import dev.codexlsp.core.thread.TurnError;

/// How a turn ended.
public sealed interface TurnOutcome {

  record Completed() implements TurnOutcome {}

  /// The user ended it, by an interrupt or by cancelling an approval.
  record Interrupted() implements TurnOutcome {}

  record Failed(TurnError error) implements TurnOutcome {}
}
