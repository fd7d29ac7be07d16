package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessEvent.Stream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two pipes to read from, and maybe one to write to; without it the child finds its input at the
/// end. Only our ends do not block: the child expects ordinary pipes.
final class PipeEnds implements ChildEnds {
  private static final int READ = 0;
  private static final int WRITE = 1;

  private final Libc libc;

  /// Two for each stream of the child, as `pipe` gives them.
  private final int[] fds = {NONE, NONE, NONE, NONE, NONE, NONE};

  private PipeEnds(Libc libc) {
    this.libc = libc;
  }

  static PipeEnds open(StartCheck check, Arena arena, boolean input) throws ExecException {
    PipeEnds ends = new PipeEnds(check.libc());
    boolean complete = false;
    try {
      MemorySegment pair = arena.allocate(JAVA_INT, 2);
      if (input) {
        ends.openPipe(check, pair, 0, WRITE);
      }
      ends.openPipe(check, pair, 1, READ);
      ends.openPipe(check, pair, 2, READ);
      complete = true;
      return ends;
    } finally {
      if (!complete) {
        ends.closeTheirs();
        ends.closeOurs();
      }
    }
  }

  private void openPipe(StartCheck check, MemorySegment pair, int stream, int ours)
      throws ExecException {
    check.of(libc.pipe2(pair, Libc.O_CLOEXEC));
    for (int end = READ; end <= WRITE; end++) {
      fds[2 * stream + end] = pair.getAtIndex(JAVA_INT, end);
    }
    for (int end = READ; end <= WRITE; end++) {
      fds[2 * stream + end] = check.lift(fds[2 * stream + end]);
    }
    check.of(libc.fcntl(fds[2 * stream + ours], Libc.F_SETFL, Libc.O_NONBLOCK));
  }

  @Override
  public void arrange(SpawnActions actions) throws ExecException {
    if (theirs(0) == NONE) {
      actions.open(0, "/dev/null", Libc.O_RDONLY);
    } else {
      actions.duplicate(theirs(0), 0);
    }
    actions.duplicate(theirs(1), 1);
    actions.duplicate(theirs(2), 2);
  }

  @Override
  public @Nullable Path terminal() {
    return null;
  }

  private int theirs(int stream) {
    return fds[2 * stream + (stream == 0 ? READ : WRITE)];
  }

  private int ours(int stream) {
    return fds[2 * stream + (stream == 0 ? WRITE : READ)];
  }

  @Override
  public void closeTheirs() {
    for (int stream = 0; stream <= 2; stream++) {
      close(theirs(stream));
    }
  }

  @Override
  public void closeOurs() {
    for (int stream = 0; stream <= 2; stream++) {
      close(ours(stream));
    }
  }

  private void close(int fd) {
    if (fd != NONE) {
      libc.close(fd);
    }
  }

  @Override
  public ChildStreams streams(EventQueue events, Runnable wake) {
    @Nullable InputPipe input =
        ours(0) == NONE ? null : new InputPipe(libc, ours(0), new InputQueue(wake));
    return new ChildStreams(
        List.of(
            new OutputPipe(libc, ours(1), Stream.STDOUT, events),
            new OutputPipe(libc, ours(2), Stream.STDERR, events)),
        input,
        null);
  }
}
