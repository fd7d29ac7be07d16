package dev.codexlsp.server.rpc;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Work that a handler wants done right after its message has been dispatched.
///
/// LSP4J attaches the sender of a response to the handler's future only when the handler has
/// returned. If the handler itself told an owner thread about the command, the owner could complete
/// the future and go on to notify before that moment, and the notification would overtake the
/// response. So handlers post the telling here, and the reader runs it once the sender is attached.
///
/// Confined to the reader thread, which is the thread that makes it. A message posts one task as a
/// rule, and the queue is empty again before the next message is read, so it needs no bound.
public final class HandOff {
  private static final Logger LOG = Logger.getLogger(HandOff.class.getName());

  private final Thread reader = Thread.currentThread();
  private final Queue<Runnable> posted = new ArrayDeque<>();

  /// Keeps the task until the message at hand has been dispatched.
  public void post(Runnable task) {
    requireReader();
    posted.add(task);
  }

  /// Runs what was posted, in order. A task that throws is a bug of that task alone.
  void run() {
    requireReader();
    for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
      try {
        task.run();
      } catch (RuntimeException bug) {
        LOG.log(Level.SEVERE, "a handed over task failed", bug);
      }
    }
  }

  private void requireReader() {
    if (!Thread.currentThread().equals(reader)) {
      throw new IllegalStateException("not the reader thread: " + Thread.currentThread());
    }
  }
}
