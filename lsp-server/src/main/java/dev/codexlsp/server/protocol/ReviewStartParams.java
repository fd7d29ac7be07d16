package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadId;
import org.jspecify.annotations.Nullable;

/// What shall be reviewed.
public record ReviewStartParams(
    ThreadId threadId, ReviewTarget target, @Nullable ReviewDelivery delivery) {

  /// Where the review runs: in the thread.
  public enum ReviewDelivery {
    INLINE
  }
}
