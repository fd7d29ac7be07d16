package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.tool.Terminals;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnOutcome;
import dev.codexlsp.core.turn.TurnWork;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// Everything that can happen to a live thread. If you cannot find in this list why something
/// happened, the design is wrong.
sealed interface Mail {

  // What clients want.

  record Open(Subscriber subscriber, Reply<OpenedThread> reply) implements Mail {}

  record StartTurn(TurnWork.Conversation work, ThreadOverrides overrides, Reply<Turn> reply)
      implements Mail {}

  record StartCompaction(Reply<ThreadId> reply) implements Mail {}

  /// Settings for the turns to come.
  record UpdateSettings(ThreadOverrides overrides, Reply<ThreadId> reply) implements Mail {}

  /// Words for a turn that runs.
  ///
  /// @param expected the turn that the client believes to run
  record SteerTurn(TurnInput input, TurnId expected, Reply<TurnId> reply) implements Mail {}

  record InterruptTurn(TurnId turnId, Reply<TurnId> reply) implements Mail {}

  record ListTerminals(Reply<List<Terminals.Background>> reply) implements Mail {}

  /// The reply says whether there was such a command.
  record TerminateTerminal(String processId, Reply<Boolean> reply) implements Mail {}

  /// The reply says what is ended.
  record CleanTerminals(Reply<List<Terminals.Background>> reply) implements Mail {}

  record Unsubscribe(Subscriber subscriber) implements Mail {}

  /// The end of the thread's life in memory.
  ///
  /// @param done counted down when nothing of the thread runs any more
  record Close(CountDownLatch done) implements Mail {}

  // What a turn says, also when it is over and its commands still run.

  /// What was said, and who said it.
  ///
  /// @param line gets the credit back
  record Signalled(TurnLine line, TurnSignal signal) implements Mail {}

  sealed interface TurnSignal {}

  record Emitted(ThreadEvent event) implements TurnSignal {}

  record Remembered(ResponseItem item) implements TurnSignal {}

  record Settled(TurnContext context) implements TurnSignal {}

  record Used(TokenUsage.Breakdown last) implements TurnSignal {}

  /// Another history has taken the place of everything before.
  ///
  /// @param tokens what it is likely to cost
  record Shortened(Compacted compacted, long tokens) implements TurnSignal {}

  /// A question for a human; the turn waits at the slot.
  record Asked(ServerRequest request, Set<SessionKey> keys, AnswerSlot slot)
      implements TurnSignal {}

  /// The turn has stopped waiting for its question.
  record Withdrawn(AnswerSlot question) implements TurnSignal {}

  record Finished(TurnOutcome outcome) implements Mail {}

  /// A command has ended, and all of it has been told.
  record CommandEnded() implements Mail {}

  // What a human answered.

  record Answered(AnswerSlot question, Answer outcome) implements Mail {}
}
