package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/// The descriptors of one round of `poll`, collected anew for each: a descriptor that nobody wants
/// to use must be absent, as its hang-up would be reported all the same and the round would spin.
///
/// Owned by the launcher's thread. Its memory grows with the largest number of children that ever
/// ran at once and is given back with the arena.
final class PollSet {
  /// The slot of what is not polled in this round.
  static final int NONE = -1;

  private static final long NO_MEMORY_NANOS = 10_000_000;

  private final Libc libc;
  private final Arena arena;
  private MemorySegment fds;
  private int size;

  PollSet(Libc libc, Arena arena) {
    this.libc = libc;
    this.arena = arena;
    fds = arena.allocate(64 * Libc.SIZEOF_POLLFD, JAVA_INT.byteAlignment());
  }

  void clear() {
    size = 0;
  }

  /// Returns the slot to ask about after [#poll].
  ///
  /// @param events what to wait for; a hang-up and an error are told anyhow
  int add(int fd, short events) {
    long offset = size * Libc.SIZEOF_POLLFD;
    if (offset == fds.byteSize()) {
      MemorySegment larger = arena.allocate(2 * offset, JAVA_INT.byteAlignment());
      larger.copyFrom(fds);
      fds = larger;
    }
    fds.set(JAVA_INT, offset, fd);
    fds.set(JAVA_SHORT, offset + Libc.POLLFD_EVENTS, events);
    fds.set(JAVA_SHORT, offset + Libc.POLLFD_REVENTS, (short) 0);
    return size++;
  }

  /// Waits until one is ready; a negative time means without limit. A signal may end the wait
  /// early, and so does a kernel that has no memory for it.
  void poll(int timeoutMillis) {
    int result = libc.poll(fds, size, timeoutMillis);
    if (result == -Libc.ENOMEM || result == -Libc.EAGAIN) {
      LockSupport.parkNanos(NO_MEMORY_NANOS);
    } else if (result < 0 && result != -Libc.EINTR) {
      throw new IllegalStateException("poll: " + libc.strerror(-result));
    }
  }

  /// Ready, hung up or broken: a read or a write will tell which.
  boolean isReady(int slot) {
    return slot != NONE && happened(slot) != 0;
  }

  /// True when the other side is gone.
  boolean isBroken(int slot) {
    return slot != NONE && (happened(slot) & (Libc.POLLERR | Libc.POLLHUP)) != 0;
  }

  private short happened(int slot) {
    return fds.get(JAVA_SHORT, slot * Libc.SIZEOF_POLLFD + Libc.POLLFD_REVENTS);
  }
}
