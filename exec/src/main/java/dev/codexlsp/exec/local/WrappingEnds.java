package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.codexlsp.exec.ExecException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The descriptors of a [Wrapping] while the child is started: files in memory that it reads, and a
/// pipe on which it tells how things went. Owned by the launcher's thread; for a child without
/// limits there are none.
final class WrappingEnds implements AutoCloseable {
  /// Out of the way of those that the child gets: one that is put in place must not overwrite one
  /// that is still to be put.
  private static final int LOWEST = 16;

  private final Libc libc;
  private final List<Integer> theirs = new ArrayList<>();
  private int ours = ChildEnds.NONE;

  private WrappingEnds(Libc libc) {
    this.libc = libc;
  }

  static WrappingEnds open(StartCheck check, Arena arena, @Nullable Wrapping wrapping)
      throws ExecException {
    WrappingEnds ends = new WrappingEnds(check.libc());
    boolean complete = false;
    try {
      if (wrapping != null) {
        for (byte[] data : wrapping.data()) {
          ends.addFile(check, arena, data);
        }
        ends.addPipe(check, arena);
      }
      complete = true;
      return ends;
    } finally {
      if (!complete) {
        ends.close();
      }
    }
  }

  private void addFile(StartCheck check, Arena arena, byte[] data) throws ExecException {
    int file = lift(check, check.of(libc.memfd_create(arena.allocateFrom("codex-lsp"))));
    theirs.add(file);
    MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, data);
    long written = 0;
    while (written < data.length) {
      long count = libc.write(file, bytes.asSlice(written), data.length - written);
      check.of((int) Math.min(count, 0));
      written += count;
    }
    check.of(libc.rewind(file));
  }

  private void addPipe(StartCheck check, Arena arena) throws ExecException {
    MemorySegment pair = arena.allocate(JAVA_INT, 2);
    check.of(libc.pipe2(pair, Libc.O_CLOEXEC));
    ours = pair.getAtIndex(JAVA_INT, 0);
    int other = pair.getAtIndex(JAVA_INT, 1);
    theirs.add(other);
    theirs.set(theirs.size() - 1, lift(check, other));
    ours = check.lift(ours);
    check.of(libc.fcntl(ours, Libc.F_SETFL, Libc.O_NONBLOCK));
  }

  private int lift(StartCheck check, int fd) throws ExecException {
    int lifted = libc.fcntl(fd, Libc.F_DUPFD_CLOEXEC, LOWEST);
    libc.close(fd);
    return check.of(lifted);
  }

  /// Puts them in place.
  ///
  /// @return the first descriptor that is free after these
  int arrange(SpawnActions actions) throws ExecException {
    int target = Wrapping.FIRST_FD;
    for (int fd : theirs) {
      actions.duplicate(fd, target++);
    }
    return target;
  }

  /// Hands over our end of the pipe; null when there is none.
  @Nullable SandboxStatus take() {
    int fd = ours;
    ours = ChildEnds.NONE;
    return fd == ChildEnds.NONE ? null : new SandboxStatus(libc, fd);
  }

  /// What the child has is its own.
  @Override
  public void close() {
    theirs.forEach(libc::close);
    if (ours != ChildEnds.NONE) {
      libc.close(ours);
    }
  }
}
