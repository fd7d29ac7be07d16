package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Starts a child by `posix_spawn`: in a session of its own, with every signal at its default and
/// none blocked, and with three descriptors: nothing to read at 0, our pipes at 1 and 2.
///
/// The JDK's own files and sockets are inheritable, so it is `closefrom` that keeps them from the
/// child. Owned by the launcher's thread, which must outlive the children: a child may ask the
/// kernel to be killed when the thread that started it ends.
final class PosixSpawn {
  private static final long ALIGNMENT = 16;
  private static final Path SHELL = Path.of("/bin/sh");

  private final Libc libc;
  private final MemorySegment attributes;

  /// A child that runs.
  ///
  /// @param pid also the number of its session and of its process group
  /// @param pidfd readable when it has ended
  /// @param stdout our end of the pipe, which does not block
  record Spawned(int pid, int pidfd, int stdout, int stderr) {}

  /// Prepares what is the same for all children.
  ///
  /// @param arena of the calling thread, which must live as long as this object
  PosixSpawn(Libc libc, Arena arena) {
    this.libc = libc;
    MemorySegment all = arena.allocate(Libc.SIZEOF_SIGSET, ALIGNMENT);
    MemorySegment none = arena.allocate(Libc.SIZEOF_SIGSET, ALIGNMENT);
    attributes = arena.allocate(Libc.SIZEOF_SPAWNATTR, ALIGNMENT);
    // Not by sigfillset: it leaves out two that glibc uses itself, and those would be ignored then.
    all.fill((byte) 0xff);
    libc.posix_spawnattr_init(attributes);
    libc.posix_spawnattr_setsigdefault(attributes, all);
    libc.posix_spawnattr_setsigmask(attributes, none);
    libc.posix_spawnattr_setflags(
        attributes,
        Libc.POSIX_SPAWN_SETSID | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK);
    // A server that was started with SIGCHLD ignored would find its children reaped by the kernel,
    // exit codes and all. The JDK does the same before its first process.
    libc.signalDefault(Libc.SIGCHLD);
  }

  /// Returns when the program has been executed, or has failed to be.
  Spawned spawn(Path program, ProcessSpec spec) throws ExecException {
    String name = spec.argv().getFirst();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fds = arena.allocateFrom(JAVA_INT, -1, -1, -1, -1);
      MemorySegment stdout = fds.asSlice(0, 8);
      MemorySegment stderr = fds.asSlice(8, 8);
      boolean running = false;
      try {
        openPipe(name, stdout);
        openPipe(name, stderr);
        int pid = spawn(arena, program, spec, fds);
        int pidfd = watch(name, pid);
        running = true;
        return new Spawned(
            pid, pidfd, stdout.getAtIndex(JAVA_INT, 0), stderr.getAtIndex(JAVA_INT, 0));
      } finally {
        close(stdout, 1);
        close(stderr, 1);
        if (!running) {
          close(stdout, 0);
          close(stderr, 0);
        }
      }
    }
  }

  /// Only our end must not block: the child expects an ordinary pipe.
  private void openPipe(String name, MemorySegment ends) throws ExecException {
    check(name, libc.pipe2(ends, Libc.O_CLOEXEC));
    check(name, libc.fcntl(ends.getAtIndex(JAVA_INT, 0), Libc.F_SETFL, Libc.O_NONBLOCK));
  }

  private int spawn(Arena arena, Path program, ProcessSpec spec, MemorySegment fds)
      throws ExecException {
    String name = spec.argv().getFirst();
    List<String> environment = new ArrayList<>();
    spec.environment().forEach((key, value) -> environment.add(key + "=" + value));
    MemorySegment directory = arena.allocateFrom(spec.directory().toString());
    MemorySegment nothing = arena.allocateFrom("/dev/null");
    MemorySegment actions = arena.allocate(Libc.SIZEOF_FILE_ACTIONS, ALIGNMENT);
    check(name, -libc.posix_spawn_file_actions_init(actions));
    try {
      check(name, -libc.posix_spawn_file_actions_addchdir_np(actions, directory));
      check(name, -libc.posix_spawn_file_actions_addopen(actions, 0, nothing, Libc.O_RDONLY, 0));
      int stdout = fds.getAtIndex(JAVA_INT, 1);
      int stderr = fds.getAtIndex(JAVA_INT, 3);
      check(name, -libc.posix_spawn_file_actions_adddup2(actions, stdout, 1));
      check(name, -libc.posix_spawn_file_actions_adddup2(actions, stderr, 2));
      check(name, -libc.posix_spawn_file_actions_addclosefrom_np(actions, 3));
      return execute(arena, program, spec.argv(), actions, strings(arena, environment));
    } finally {
      libc.posix_spawn_file_actions_destroy(actions);
    }
  }

  private int execute(
      Arena arena, Path program, List<String> argv, MemorySegment actions, MemorySegment envp)
      throws ExecException {
    MemorySegment pid = arena.allocate(JAVA_INT);
    MemorySegment path = arena.allocateFrom(program.toString());
    int error = libc.posix_spawn(pid, path, actions, attributes, strings(arena, argv), envp);
    if (error == Libc.ENOEXEC) {
      // A script without a first line that names its interpreter: every shell runs it by sh.
      List<String> script = new ArrayList<>(argv);
      script.set(0, program.toString());
      script.addFirst(SHELL.toString());
      MemorySegment shell = arena.allocateFrom(SHELL.toString());
      error = libc.posix_spawn(pid, shell, actions, attributes, strings(arena, script), envp);
    }
    check(argv.getFirst(), -error);
    return pid.get(JAVA_INT, 0);
  }

  /// Nobody else reaps our children, so the pid is still the child's, whether it lives or not.
  private int watch(String name, int pid) throws ExecException {
    int pidfd = libc.pidfd_open(pid);
    if (pidfd < 0) {
      libc.kill(-pid, Libc.SIGKILL);
      // It waits, for what KILL ends at once. The alternative would be a zombie.
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment information = arena.allocate(Libc.SIZEOF_SIGINFO, ALIGNMENT);
        libc.waitid(Libc.P_PID, pid, information, Libc.WEXITED);
      }
    }
    return check(name, pidfd);
  }

  private int check(String name, int result) throws ExecException {
    if (result == -Libc.EACCES) {
      throw new ExecException("permission denied: " + name);
    }
    if (result < 0) {
      String reason = libc.strerror(-result).toLowerCase(Locale.ROOT);
      throw new ExecException("cannot start " + name + ": " + reason);
    }
    return result;
  }

  private void close(MemorySegment ends, int end) {
    int fd = ends.getAtIndex(JAVA_INT, end);
    if (fd >= 0) {
      libc.close(fd);
    }
  }

  /// The memory of an arena begins as zero, so the array ends with the null pointer it needs.
  private static MemorySegment strings(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(JAVA_LONG, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(JAVA_LONG, i, arena.allocateFrom(texts.get(i)).address());
    }
    return array;
  }
}
