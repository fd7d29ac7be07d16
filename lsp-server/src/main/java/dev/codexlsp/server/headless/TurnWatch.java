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

  /// Written by the owner before the latch opens.
  private boolean wasRefused;

  private @Nullable String lastMessage;
  private Turn.@Nullable Status status;

  TurnWatch(Display display) {
    this.display = display;
  }

  @Override
  public void onEvent(ThreadEvent event) {
    if (event instanceof ThreadEvent.ItemCompleted(var _, var _, Item item, long _)) {
      note(item);
    }
    try {
      display.event(event);
    } finally {
      if (event instanceof ThreadEvent.TurnCompleted(var _, Turn turn)) {
        status = turn.status();
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
    wasRefused = true;
    answer.accept(new Answer.Failed("nobody sits here to answer"));
    return () -> {};
  }

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
