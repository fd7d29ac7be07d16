package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.Rollout;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.tool.TurnIo;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The end of a review's line: what it says is stored in a rollout of its own and shown to nobody,
/// and nobody answers it.
final class ReviewIo implements TurnIo {
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock: the calls of an answer may run beside each other.
  private final Rollout rollout;

  ReviewIo(Rollout rollout) {
    this.rollout = rollout;
  }

  @Override
  public void emit(ThreadEvent event) {}

  @Override
  public void remember(ResponseItem item) {
    lock.lock();
    try {
      rollout.append(item);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settled(TurnContext context) {
    lock.lock();
    try {
      rollout.turnContext(context);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void usage(TokenUsage.Breakdown last) {}

  /// A review is too short for it.
  @Override
  public void compacted(Compacted compacted, long tokens) {}

  @Override
  public Answer ask(ServerRequest request, Set<SessionKey> keys) {
    return new Answer.Failed("a reviewer asks nobody");
  }
}
