package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.tool.TurnIo;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Asks the model and runs its calls until an answer has none and the user has said nothing more.
/// Confined to the turn's thread.
///
/// @param request makes a request of what was said before the step, and what earlier tries of it
///   have completed
record TurnLoop(
    Sampling sampling,
    BiFunction<List<ResponseItem>, List<ResponseItem>, ModelRequest> request,
    ToolCalls calls,
    Steering steering,
    TurnIo io) {

  TurnOutcome run(TurnHistory history) throws ModelException, InterruptedException {
    LoopGuard guard = new LoopGuard();
    while (true) {
      for (TurnInput said = steering.next(); said != null; said = steering.next()) {
        history.take(said);
      }
      List<ResponseItem> before = history.items();
      Sampling.Step step = sampling.step(done -> request.apply(before, done), steering, io);
      history.addKnown(step.items());
      List<ResponseItem> open = Sampling.openCalls(step.items());
      if (!open.isEmpty()) {
        TurnOutcome end = answer(open, history, guard);
        if (end != null) {
          return end;
        }
      } else if (!step.isCut() && steering.isClosedWhenEmpty()) {
        return new TurnOutcome.Completed();
      }
    }
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
