package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.tool.TurnIo;
import java.util.Set;

/// The line of a reviewer: what it does is shown and asked about like anything else in the thread;
/// what it says is its answer in the making, and neither shown nor part of the thread's history.
///
/// @param io of the turn
record CodeReviewIo(TurnIo io) implements TurnIo {

  @Override
  public void emit(ThreadEvent event) throws InterruptedException {
    if (!isAnswer(event)) {
      io.emit(event);
    }
  }

  private static boolean isAnswer(ThreadEvent event) {
    return event instanceof ThreadEvent.AgentMessageDelta
        || event instanceof ThreadEvent.ItemStarted(var _, var _, Item.AgentMessage _, var _)
        || event instanceof ThreadEvent.ItemCompleted(var _, var _, Item.AgentMessage _, var _);
  }

  @Override
  public void remember(ResponseItem item) {}

  @Override
  public void settled(TurnContext context) {}

  /// Says nothing of how full the thread is.
  @Override
  public void usage(TokenUsage.Breakdown last) {}

  /// What the reviewer does not remember any more is nobody else's business.
  @Override
  public void compacted(Compacted compacted, long tokens) {}

  @Override
  public Answer ask(ServerRequest request, Set<SessionKey> keys) throws InterruptedException {
    return io.ask(request, keys);
  }
}
