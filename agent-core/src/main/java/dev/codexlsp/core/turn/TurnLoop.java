package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.TurnError;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the model and runs its calls until an answer has none and the user has said nothing more.
/// Confined to the turn's thread.
///
/// @param request makes a request of everything that has been said
record TurnLoop(
    Sampling sampling,
    Function<List<ResponseItem>, ModelRequest> request,
    ToolCalls calls,
    Steering steering,
    Compaction compaction,
    ConversationIo io) {

  TurnOutcome run(TurnHistory history) throws ModelException, InterruptedException {
    LoopGuard guard = new LoopGuard();
    while (true) {
      for (TurnInput said = steering.next(); said != null; said = steering.next()) {
        history.take(said);
      }
      Sampling.Step step = step();
      List<ResponseItem> open = Sampling.openCalls(step.items());
      if (!open.isEmpty()) {
        TurnOutcome end = answer(open, history, guard);
        if (end != null) {
          return end;
        }
      } else if (!step.isCut() && steering.isClosedWhenEmpty()) {
        return new TurnOutcome.Completed();
      }
      compaction.betweenSteps(io);
    }
  }

  /// One that does not fit is tried once more when the history has been made shorter.
  private Sampling.Step step() throws ModelException, InterruptedException {
    try {
      return tryStep();
    } catch (ModelException failure) {
      compaction.recover(failure, io);
      return tryStep();
    }
  }

  private Sampling.Step tryStep() throws ModelException, InterruptedException {
    // What earlier tries have completed is in the history already.
    return sampling.step(_ -> request.apply(io.items()), steering, io);
  }

  /// Null when the turn goes on.
  private @Nullable TurnOutcome answer(
      List<ResponseItem> open, TurnHistory history, LoopGuard guard) throws InterruptedException {
    ToolCalls.Outputs answers = calls.run(open);
    answers.outputs().forEach(history::remember);
    if (answers.isCancelled()) {
      return new TurnOutcome.Interrupted();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    String endless = guard.afterStep(answers.allFailed());
    return endless == null
        ? null
        : new TurnOutcome.Failed(new TurnError(endless, CodexErrorInfo.Kind.BAD_REQUEST, null));
  }
}
