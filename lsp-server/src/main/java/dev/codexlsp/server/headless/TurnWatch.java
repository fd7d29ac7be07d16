package dev.codexlsp.server.headless;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.session.SettingsUpdated;
import dev.codexlsp.core.session.Subscriber;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.Turn;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows the one thread: shows what happens on its owner, which may wait for the reader of our
/// output, and tells the thread that waits for the turn how it ended.
final class TurnWatch implements Subscriber {
  private final Display display;
  private final CountDownLatch ended = new CountDownLatch(1);

  // Written by the owner, and no more once the latch is open.
  private boolean wasRefused;
  private @Nullable String lastMessage;
  private Turn.@Nullable Status status;

  TurnWatch(Display display) {
    this.display = display;
  }

  @Override
  public void onEvent(ThreadEvent event) {
    if (ended.getCount() == 0) {
      return;
    }
    if (event instanceof ThreadEvent.ItemCompleted(var _, var _, Item item, long _)) {
      note(item);
    }
    try {
      display.event(event);
    } finally {
      if (event instanceof ThreadEvent.TurnCompleted(var _, Turn turn)) {
        status = turn.status();
        ended.countDown();
      } else if (!display.isHeard()) {
        ended.countDown();
      }
    }
  }

  private void note(Item item) {
    switch (item) {
      case Item.AgentMessage message -> lastMessage = message.text();
      case Item.CommandExecution command ->
          wasRefused |= command.status() == Item.CommandStatus.DECLINED;
      case Item.FileChange change -> wasRefused |= change.status() == Item.PatchStatus.DECLINED;
      case Item.UserMessage _,
          Item.Reasoning _,
          Item.DynamicToolCall _,
          Item.ImageView _,
          Item.Plan _,
          Item.EnteredReviewMode _,
          Item.ExitedReviewMode _,
          Item.ContextCompaction _ -> {}
    }
  }

  /// Nobody changes them here.
  @Override
  public void onSettings(SettingsUpdated settings) {}

  @Override
  public Approver.Question ask(ServerRequest request, Consumer<Answer> answer) {
    wasRefused |= ended.getCount() != 0;
    answer.accept(new Answer.Failed("nobody sits here to answer"));
    return () -> {};
  }

  /// Waits until the turn has ended or nobody hears of it any more. In that case it still runs, and
  /// ends with the process.
  ExitStatus await() throws InterruptedException {
    ended.await();
    if (status != Turn.Status.COMPLETED) {
      return ExitStatus.FAILED;
    }
    return wasRefused ? ExitStatus.REFUSED : ExitStatus.COMPLETED;
  }

  /// Known after the end; null when the model said nothing.
  @Nullable String lastMessage() {
    return lastMessage;
  }
}
