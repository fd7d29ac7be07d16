package dev.codexlsp.exec.local;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/// One start by a thread that has given up its rights: what it starts has inherited these limits,
/// and this process goes on without. Used once, by the launcher's thread.
///
/// As long as the thread is there, it is within the same limits as what it has started, and so the
/// kernel lets the one look into the other: through its entry in `/proc` all memory of this process
/// could be read, and a signal to it would end this process. So the thread ends at once, and what
/// was started waits before it becomes the command, until the kernel knows the thread no more. From
/// then on its parent is the first thread of this process, as for parent-death signals.
///
/// Between its restriction and its end the thread makes native calls on memory that was laid out
/// before, and nothing else: a thread of the JVM that began under it would inherit its limits.
final class RestrictedStart implements Runnable {
  private static final long END_NANOS = 2_000_000_000;
  private static final long PAUSE_NANOS = 20_000;
  private static final int NOT_RUN = -Libc.EAGAIN;

  private final RestrictCalls calls;
  private final RestrictCalls.Limits limits;
  private final IntSupplier start;

  // Written by the thread, read after its end.
  private int thread;
  private int result = NOT_RUN;

  /// @param start makes native calls only; returns 0, or a negated error number
  RestrictedStart(RestrictCalls calls, RestrictCalls.Limits limits, IntSupplier start) {
    this.calls = calls;
    this.limits = limits;
    this.start = start;
  }

  @Override
  public void run() {
    thread = calls.threadId();
    int restricted = calls.restrict(limits);
    result = restricted == 0 ? start.getAsInt() : restricted;
  }

  /// Starts, which waits for about a millisecond.
  ///
  /// @return 0, or a negated error number
  int perform() {
    Thread restricted = Thread.ofPlatform().daemon().name("exec-restricted").start(this);
    join(restricted);
    return result;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until nothing of the thread is left in the kernel, which is a moment after its end in
  /// Java. Returns false if that takes too long.
  boolean isGone() {
    int process = Math.toIntExact(ProcessHandle.current().pid());
    long end = System.nanoTime() + END_NANOS;
    while (calls.isAlive(process, thread)) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}
