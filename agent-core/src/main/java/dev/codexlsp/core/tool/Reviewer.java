package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.PlannedAction;

/// Somebody who judges in the user's place. Called on the threads of calls, several at a time.
public interface Reviewer {

  /// Takes as long as it takes, within a bound. An interrupt ends it.
  Opinion review(ApprovalRequest request, PlannedAction action) throws InterruptedException;

  /// What comes of a review.
  sealed interface Opinion {

    record Approved() implements Opinion {}

    record Denied(String rationale) implements Opinion {}

    /// The reviewer could not say; a human has to.
    record None(String reason) implements Opinion {}
  }
}
