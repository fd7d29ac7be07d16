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
/// pipe on which it tells how things went, or is told to go on. Owned by the launcher's thread; for
/// a child without limits there are none.
final class WrappingEnds implements AutoCloseable {
  /// Out of the way of those that the child gets: one that is put in place must not overwrite one
  /// that is still to be put.
  private static final int LOWEST = 16;

  private static final int READ = 0;
  private static final int WRITE = 1;
  private static final byte[] GO = {'\n'};

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
      switch (wrapping) {
        case null -> {}
        case Wrapping.Keeper keeper -> {
          for (byte[] data : keeper.data()) {
            ends.addFile(check, arena, data);
          }
          ends.addPipe(check, arena, READ);
        }
        case Wrapping.Gated _ -> ends.addPipe(check, arena, WRITE);
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

  /// @param end ours of the two
  private void addPipe(StartCheck check, Arena arena, int end) throws ExecException {
    MemorySegment pair = arena.allocate(JAVA_INT, 2);
    check.of(libc.pipe2(pair, Libc.O_CLOEXEC));
    ours = pair.getAtIndex(JAVA_INT, end);
    int other = pair.getAtIndex(JAVA_INT, 1 - end);
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

  /// Tells the child to go on. If that fails, somebody has ended it.
  void openGate(Arena arena) {
    long _ = libc.write(ours, arena.allocateFrom(JAVA_BYTE, GO), GO.length);
  }

  /// Hands over our end of the pipe on which is told how things went.
  SandboxStatus take() {
    int fd = ours;
    ours = ChildEnds.NONE;
    return new SandboxStatus(libc, fd);
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
