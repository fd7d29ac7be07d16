package dev.codexlsp.exec.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How other threads reach the launcher's thread, which sleeps in `poll`: an event descriptor among
/// those that it polls wakes it.
///
/// Any thread may post. It is not long: a caller waits for the answer to its start before it can
/// post another, a process is terminated once, and of its interrupts one lies here at a time.
final class Mailbox {
  private final Libc libc;
  private final int wakeUp;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final ArrayDeque<ChildCommand> commands = new ArrayDeque<>();
  private boolean open = true;

  /// @throws UncheckedIOException when the process has no descriptor left
  Mailbox(Libc libc) {
    this.libc = libc;
    wakeUp = libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
    if (wakeUp < 0) {
      throw new UncheckedIOException(new IOException("eventfd: " + libc.strerror(-wakeUp)));
    }
  }

  /// The descriptor that is readable after [#post] and [#wake].
  int wakeUp() {
    return wakeUp;
  }

  /// Returns false when the launcher's thread has ended, or is about to.
  boolean post(ChildCommand command) {
    lock.lock();
    try {
      if (open) {
        commands.add(command);
        libc.eventfd_write(wakeUp, 1);
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  /// Makes the launcher's thread look at everything again.
  void wake() {
    lock.lock();
    try {
      // After the end the number may be somebody else's descriptor.
      if (open) {
        libc.eventfd_write(wakeUp, 1);
      }
    } finally {
      lock.unlock();
    }
  }

  @Nullable ChildCommand take() {
    lock.lock();
    try {
      return commands.poll();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return commands.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Accepts no more and returns what was left.
  List<ChildCommand> shut() {
    lock.lock();
    try {
      List<ChildCommand> left = List.copyOf(commands);
      commands.clear();
      if (open) {
        open = false;
        libc.close(wakeUp);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }
}
