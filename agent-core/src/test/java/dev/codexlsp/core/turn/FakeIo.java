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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An owner's ear that is stricter than the real one: an interrupt comes at any event, the
/// completion of an item included, and what it hits is not heard.
final class FakeIo implements TurnIo {
  final List<ThreadEvent> events = new ArrayList<>();
  final List<ResponseItem> history = new ArrayList<>();
  private final int interruptedEvent;
  private int emitted;

  /// @param interruptedEvent counted from 1; 0 for none
  FakeIo(int interruptedEvent) {
    this.interruptedEvent = interruptedEvent;
  }

  @Override
  public void emit(ThreadEvent event) throws InterruptedException {
    emitted++;
    if (emitted == interruptedEvent) {
      throw new InterruptedException();
    }
    events.add(event);
  }

  @Override
  public void remember(ResponseItem item) {
    history.add(item);
  }

  @Override
  public void settled(TurnContext context) {}

  @Override
  public void usage(TokenUsage.Breakdown last) {}

  @Override
  public void compacted(Compacted compacted, long tokens) {
    history.clear();
    history.addAll(compacted.history());
  }

  @Override
  public Answer ask(ServerRequest request, Set<SessionKey> keys) {
    return new Answer.Failed("nobody listens");
  }
}
