package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.tool.TurnIo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The conversation as its running turn knows it: whatever the owner is told to keep is kept here
/// too, so that the next request can be made without asking him. What concerns the history is
/// confined to the turn's thread; the rest may come from its tool calls as well.
final class ConversationIo implements TurnIo {
  private final TurnIo owner;
  private final List<ResponseItem> items;
  private ContextWindow window;
  private ContextUse use;

  ConversationIo(Conversation conversation, TurnIo owner) {
    this.owner = owner;
    this.items = new ArrayList<>(conversation.items());
    this.window = conversation.window();
    this.use = conversation.use();
  }

  List<ResponseItem> items() {
    return List.copyOf(items);
  }

  ContextWindow window() {
    return window;
  }

  ContextUse use() {
    return use;
  }

  @Override
  public void emit(ThreadEvent event) throws InterruptedException {
    owner.emit(event);
  }

  @Override
  public void remember(ResponseItem item) {
    items.add(item);
    use = use.plus(item);
    owner.remember(item);
  }

  @Override
  public void settled(TurnContext context) throws InterruptedException {
    owner.settled(context);
  }

  @Override
  public void usage(TokenUsage.Breakdown last) throws InterruptedException {
    use = use.after(last);
    owner.usage(last);
  }

  @Override
  public void compacted(Compacted compacted, long tokens) {
    items.clear();
    items.addAll(compacted.history());
    window = compacted.window();
    use = new ContextUse(tokens, 0);
    owner.compacted(compacted, tokens);
  }

  @Override
  public Answer ask(ServerRequest request, Set<SessionKey> keys) throws InterruptedException {
    return owner.ask(request, keys);
  }
}
