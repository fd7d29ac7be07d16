package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.TerminalSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A pseudo-terminal: we hold the master, and the child opens the other side by its path. As the
/// child leads a new session that has no terminal yet, this makes it the controlling one, from
/// which `/dev/tty`, job control and Ctrl-C follow.
final class TerminalEnds implements ChildEnds {
  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;

  /// The same master for reading, for writing and for keeping, so that each can be closed when it
  /// is done with.
  private static final int COPIES = 3;

  private final Libc libc;
  private final PtyCalls pty;
  private final Role role;
  private final int[] masters = new int[COPIES];
  private String path = "";

  /// What the terminal is to who opens it first.
  enum Role {
    CONTROLLING,

    /// Somebody else will make it his controlling one.
    STREAMS_ONLY
  }

  /// How the terminal is to be.
  record Wish(TerminalSize size, Role role) {}

  private TerminalEnds(Libc libc, PtyCalls pty, Role role) {
    this.libc = libc;
    this.pty = pty;
    this.role = role;
    Arrays.fill(masters, NONE);
  }

  static TerminalEnds open(StartCheck check, PtyCalls pty, Arena arena, Wish wish)
      throws ExecException {
    TerminalEnds ends = new TerminalEnds(check.libc(), pty, wish.role());
    boolean complete = false;
    try {
      ends.open(check, arena, wish.size());
      complete = true;
      return ends;
    } finally {
      if (!complete) {
        ends.closeOurs();
      }
    }
  }

  private void open(StartCheck check, Arena arena, TerminalSize size) throws ExecException {
    int master = check.of(pty.open());
    masters[0] = master;
    masters[0] = check.lift(master);
    for (int copy = 1; copy < COPIES; copy++) {
      masters[copy] = check.of(libc.fcntl(masters[0], Libc.F_DUPFD_CLOEXEC, StartCheck.LOWEST));
    }
    check.of(libc.fcntl(masters[0], Libc.F_SETFL, Libc.O_NONBLOCK));
    check.of(pty.unlock(masters[0]));
    check.of(pty.resize(masters[0], size));
    MemorySegment name = PtyCalls.nameBuffer(arena);
    check.of(pty.name(masters[0], name));
    path = name.getString(0);
  }

  @Override
  public void arrange(SpawnActions actions) throws ExecException {
    int flags =
        switch (role) {
          case CONTROLLING -> O_RDWR;
          case STREAMS_ONLY -> O_RDWR | O_NOCTTY;
        };
    actions.open(0, path, flags);
    actions.duplicate(0, 1);
    actions.duplicate(0, 2);
  }

  @Override
  public Path terminal() {
    return Path.of(path);
  }

  /// The child opens its own.
  @Override
  public void closeTheirs() {}

  @Override
  public void closeOurs() {
    for (int master : masters) {
      if (master != NONE) {
        libc.close(master);
      }
    }
  }

  @Override
  public ChildStreams streams(EventQueue events, Runnable wake) {
    return new ChildStreams(
        List.of(new OutputPipe(libc, masters[0], Stream.PTY, events)),
        new InputPipe(libc, masters[1], new InputQueue(wake)),
        new Terminal(libc, pty, masters[2], Path.of(path)));
  }
}
