package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Our end of what a child reads from, written without ever waiting. Owned by the launcher's
/// thread.
final class InputPipe {
  private final Libc libc;
  private final int fd;
  private final InputQueue queue;
  private int slot = PollSet.NONE;
  private boolean open = true;

  /// @param fd does not block
  InputPipe(Libc libc, int fd, InputQueue queue) {
    this.libc = libc;
    this.fd = fd;
    this.queue = queue;
  }

  InputQueue queue() {
    return queue;
  }

  /// None once it is closed.
  int descriptor() {
    return open ? fd : ChildEnds.NONE;
  }

  void watch(PollSet polls) {
    slot = open && !queue.isEmpty() ? polls.add(fd, Libc.POLLOUT) : PollSet.NONE;
  }

  /// Writes once, so that all children get their turn.
  void writeIfReady(Round round) {
    @Nullable ByteBuffer first = round.polls().isReady(slot) ? queue.first() : null;
    if (first != null && !write(first, round.buffer()) && round.polls().isBroken(slot)) {
      // Nobody reads any more, and the next round would find it ready again.
      close();
    }
  }

  /// Returns false when nothing was written.
  private boolean write(ByteBuffer first, MemorySegment buffer) {
    int most = (int) Math.min(first.remaining(), buffer.byteSize());
    MemorySegment.copy(MemorySegment.ofBuffer(first), 0, buffer, 0, most);
    long count = libc.write(fd, buffer, most);
    if (count > 0) {
      first.position(first.position() + (int) count);
      queue.taken((int) count);
    } else if (count != 0 && count != -Libc.EAGAIN && count != -Libc.EINTR) {
      close();
    }
    return count > 0;
  }

  /// Writes past the queue, all or nothing: for short lines, and when nobody fills the queue.
  ///
  /// @return false when there was no room; true also when nobody reads any more
  boolean writeNow(byte[] line, MemorySegment buffer) {
    MemorySegment.copy(line, 0, buffer, JAVA_BYTE, 0, line.length);
    return !open || libc.write(fd, buffer, line.length) != -Libc.EAGAIN;
  }

  void close() {
    if (open) {
      open = false;
      slot = PollSet.NONE;
      libc.close(fd);
      queue.close();
    }
  }
}
