package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.codexlsp.exec.ProcessEvent.Stream;
import java.lang.foreign.MemorySegment;

/// Our end of one output pipe or of the terminal of a child, read without ever waiting. Owned by
/// the launcher's thread.
final class OutputPipe {
  /// As much as a pipe can hold unless root widens it (`/proc/sys/fs/pipe-max-size`).
  private static final long LARGEST_PIPE = 1 << 20;

  private final Libc libc;
  private final int fd;
  private final Stream stream;
  private final EventQueue events;
  private int slot = PollSet.NONE;
  private boolean open = true;
  private boolean ended;

  OutputPipe(Libc libc, int fd, Stream stream, EventQueue events) {
    this.libc = libc;
    this.fd = fd;
    this.stream = stream;
    this.events = events;
  }

  /// True when every holder of the other end has closed it, so that all there was has been read.
  boolean hasEnded() {
    return ended;
  }

  /// None once it is closed.
  int descriptor() {
    return open ? fd : ChildEnds.NONE;
  }

  void watch(PollSet polls) {
    slot = open && !events.isBehind() ? polls.add(fd, Libc.POLLIN) : PollSet.NONE;
  }

  /// Reads once, so that all children get their turn.
  void readIfReady(Round round) {
    if (round.polls().isReady(slot)) {
      read(round.buffer());
    }
  }

  /// Takes what the pipe holds now, whether the consumer is behind or not, and closes it. A writer
  /// that is still there and goes on writing does not keep us: there is a limit.
  void drainAndClose(MemorySegment buffer) {
    long taken = 0;
    // One read more than what a full pipe holds tells that this was all.
    while (open && taken <= LARGEST_PIPE) {
      long count = read(buffer);
      if (count <= 0) {
        break;
      }
      taken += count;
    }
    close();
  }

  private long read(MemorySegment buffer) {
    long count = libc.read(fd, buffer, buffer.byteSize());
    if (count > 0) {
      events.output(stream, buffer.asSlice(0, count).toArray(JAVA_BYTE));
    } else if (count == 0 || count == -Libc.EIO) {
      // The second is how a terminal tells that the other side is closed.
      ended = true;
      close();
    } else if (count != -Libc.EAGAIN && count != -Libc.EINTR) {
      close();
    }
    return count;
  }

  private void close() {
    if (open) {
      open = false;
      slot = PollSet.NONE;
      libc.close(fd);
    }
  }
}
