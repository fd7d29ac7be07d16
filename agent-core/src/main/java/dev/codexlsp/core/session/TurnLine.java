package dev.codexlsp.core.session;

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
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The turn's end of the line to its owner. A turn may be this many signals ahead of its owner,
/// then it waits; commands of clients need no credit and are never held up by a turn.
final class TurnLine implements TurnIo {
  static final int CREDITS = 256;

  private final Consumer<Mail> mailbox;
  private final Semaphore credits = new Semaphore(CREDITS);

  TurnLine(Consumer<Mail> mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public void emit(ThreadEvent event) throws InterruptedException {
    if (event instanceof ThreadEvent.ItemCompleted
        || event instanceof ThreadEvent.ItemStarted(_, _, Item.UserMessage _, _)
        || event instanceof ThreadEvent.ItemStarted(_, _, Item.ExitedReviewMode _, _)) {
      signalSurely(new Mail.Emitted(event));
    } else {
      signal(new Mail.Emitted(event));
    }
  }

  @Override
  public void remember(ResponseItem item) {
    signalSurely(new Mail.Remembered(item));
  }

  @Override
  public void settled(TurnContext context) throws InterruptedException {
    signal(new Mail.Settled(context));
  }

  @Override
  public void usage(TokenUsage.Breakdown last) throws InterruptedException {
    signal(new Mail.Used(last));
  }

  @Override
  public void compacted(Compacted compacted, long tokens) {
    signalSurely(new Mail.Shortened(compacted, tokens));
  }

  @Override
  public Answer ask(ServerRequest request, Set<SessionKey> keys) throws InterruptedException {
    AnswerSlot slot = new AnswerSlot();
    signal(new Mail.Asked(request, keys, slot));
    try {
      return slot.await();
    } catch (InterruptedException interrupt) {
      signalSurely(new Mail.Withdrawn(slot));
      throw interrupt;
    }
  }

  private void signal(Mail.TurnSignal signal) throws InterruptedException {
    credits.acquire();
    mailbox.accept(new Mail.Signalled(this, signal));
  }

  /// An interrupt must not lose this. The wait for the credit ends all the same: who interrupts is
  /// the owner, and he is just giving credits back.
  private void signalSurely(Mail.TurnSignal signal) {
    credits.acquireUninterruptibly();
    mailbox.accept(new Mail.Signalled(this, signal));
  }

  /// Called on the owner for each signal it has dealt with.
  void giveBackCredit() {
    credits.release();
  }
}
