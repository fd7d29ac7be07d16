package dev.codexlsp.core.store;

import dev.codexlsp.core.thread.ThreadId;

/// A refusal: somebody else, as a rule another process, writes this thread now.
public final class ThreadInUseException extends StoreException {
  private static final long serialVersionUID = 1;

  private final transient ThreadId threadId;

  ThreadInUseException(ThreadId threadId) {
    super("thread " + threadId + " already has an active writer, in another process or window");
    this.threadId = threadId;
  }

  public ThreadId threadId() {
    return threadId;
  }
}
