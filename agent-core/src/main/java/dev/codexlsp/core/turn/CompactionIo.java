package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.tool.TurnIo;
import java.util.Set;

/// The line of a turn while a summary is written: what the request costs and that it is tried again
/// is told, the summary itself is neither shown nor a part of the history. Confined to the turn's
/// thread.
final class CompactionIo implements TurnIo {
  private final TurnIo turn;

  CompactionIo(TurnIo turn) {
    this.turn = turn;
  }

  @Override
  public void emit(ThreadEvent event) throws InterruptedException {
    if (event instanceof ThreadEvent.ErrorOccurred) {
      turn.emit(event);
    }
  }

  @Override
  public void remember(ResponseItem item) {}

  @Override
  public void settled(TurnContext context) {}

  @Override
  public void usage(TokenUsage.Breakdown last) throws InterruptedException {
    turn.usage(last);
  }

  @Override
  public void compacted(Compacted compacted, long tokens) {}

  @Override
  public Answer ask(ServerRequest request, Set<SessionKey> keys) {
    return new Answer.Failed("a summary asks nobody");
  }
}
