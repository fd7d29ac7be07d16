package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What a child does between its birth and its program, in this order. Used for one start, on the
/// launcher's thread.
final class SpawnActions implements AutoCloseable {
  private static final long ALIGNMENT = 16;

  private final Libc libc;
  private final Arena arena;
  private final StartCheck check;
  private final MemorySegment actions;

  /// @param arena lives until the start is over
  SpawnActions(Libc libc, Arena arena, StartCheck check) throws ExecException {
    this.libc = libc;
    this.arena = arena;
    this.check = check;
    actions = arena.allocate(Libc.SIZEOF_FILE_ACTIONS, ALIGNMENT);
    check.of(-libc.posix_spawn_file_actions_init(actions));
  }

  MemorySegment memory() {
    return actions;
  }

  void changeDirectory(String path) throws ExecException {
    check.of(-libc.posix_spawn_file_actions_addchdir_np(actions, arena.allocateFrom(path)));
  }

  void open(int fd, String path, int flags) throws ExecException {
    MemorySegment file = arena.allocateFrom(path);
    check.of(-libc.posix_spawn_file_actions_addopen(actions, fd, file, flags, 0));
  }

  void duplicate(int fd, int target) throws ExecException {
    check.of(-libc.posix_spawn_file_actions_adddup2(actions, fd, target));
  }

  /// The JDK's own files and sockets are inheritable: this alone keeps them from the child.
  void closeFrom(int fd) throws ExecException {
    check.of(-libc.posix_spawn_file_actions_addclosefrom_np(actions, fd));
  }

  @Override
  public void close() {
    libc.posix_spawn_file_actions_destroy(actions);
  }
}
