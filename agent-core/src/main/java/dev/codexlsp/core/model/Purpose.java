package dev.codexlsp.core.model;

/// What a model is asked for.
public sealed interface Purpose {

  /// A step of a turn.
  record Step() implements Purpose {}

  /// A summary that takes the place of the conversation.
  record Compaction(Trigger trigger, Phase phase) implements Purpose {}

  enum Trigger {
    /// The user wants it.
    MANUAL,
    /// There is not enough room for the next step.
    AUTO
  }

  /// Where in a thread it happens.
  enum Phase {
    STANDALONE_TURN,
    /// Before the user's message is taken in.
    PRE_TURN,
    /// Between two steps.
    MID_TURN
  }
}
