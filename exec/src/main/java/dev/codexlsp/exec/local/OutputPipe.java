package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.codexlsp.exec.ProcessEvent.Stream;
import java.lang.foreign.MemorySegment;

/// Our end of one output pipe or of the terminal of a child, read without ever waiting. Owned by
/// the launcher's thread.
final class OutputPipe {
  /// As much as a pipe can hold unless root widens it (`/proc/sys/fs/pipe-max-size`).
  private static final long LARGEST_PIPE = 1 << 20;

  /// A terminal that nobody holds is ready to be read all the time, and says nothing when somebody
  /// opens it again.
  private static final long LET_GO_NANOS = 50_000_000;

  private final Libc libc;
  private final int fd;
  private final Stream stream;
  private final EventQueue events;
  private int slot = PollSet.NONE;
  private boolean open = true;
  private boolean ended;
  private long pausedUntil;

  OutputPipe(Libc libc, int fd, Stream stream, EventQueue events) {
    this.libc = libc;
    this.fd = fd;
    this.stream = stream;
    this.events = events;
  }

  /// True when every holder of the other end has closed it, so that all there was has been read. Of
  /// a terminal this may change as long as the child lives, who can open it as `/dev/tty`.
  boolean hasEnded() {
    return ended;
  }

  /// None once it is closed.
  int descriptor() {
    return open ? fd : ChildEnds.NONE;
  }

  /// @param now as in [Round#now]
  void watch(PollSet polls, long now) {
    boolean wanted = open && !events.isBehind() && now >= pausedUntil;
    slot = wanted ? polls.add(fd, Libc.POLLIN) : PollSet.NONE;
  }

  /// When to look again at a terminal that nobody holds.
  long nextTimer(long now) {
    return open && pausedUntil > now ? pausedUntil : Round.NEVER;
  }

  /// Reads once, so that all children get their turn.
  void readIfReady(Round round) {
    if (round.polls().isReady(slot)) {
      read(round.buffer());
      if (ended) {
        pausedUntil = round.now() + LET_GO_NANOS;
      }
    }
  }

  /// The child has ended: whether somebody else holds the terminal must be known now.
  void readIfPaused(MemorySegment buffer) {
    if (open && ended) {
      read(buffer);
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
    // The second is how a terminal tells that nobody has the other side open.
    ended = count == 0 || count == -Libc.EIO;
    if (count > 0) {
      events.output(stream, buffer.asSlice(0, count).toArray(JAVA_BYTE));
    } else if (count != -Libc.EIO && count != -Libc.EAGAIN && count != -Libc.EINTR) {
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
