package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.Answer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Where a turn waits for the answer to one question. The owner fills it at most once.
final class AnswerSlot {
  private final BlockingQueue<Answer> slot = new ArrayBlockingQueue<>(1);

  void fill(Answer outcome) {
    slot.add(outcome);
  }

  Answer await() throws InterruptedException {
    return slot.take();
  }
}
