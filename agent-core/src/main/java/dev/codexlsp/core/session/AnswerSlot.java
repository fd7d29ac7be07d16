package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.ApprovalOutcome;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Where a turn waits for the answer to one question. The owner fills it at most once.
final class AnswerSlot {
  private final BlockingQueue<ApprovalOutcome> slot = new ArrayBlockingQueue<>(1);

  void fill(ApprovalOutcome outcome) {
    slot.add(outcome);
  }

  ApprovalOutcome await() throws InterruptedException {
    return slot.take();
  }
}
