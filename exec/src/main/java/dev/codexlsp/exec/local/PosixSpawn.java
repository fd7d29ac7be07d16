package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts a child by `posix_spawn`: in a session of its own, with every signal at its default and
/// none blocked, and with three descriptors. Owned by the launcher's thread, which must outlive the
/// children: a child may ask the kernel to be killed when the thread that started it ends.
final class PosixSpawn {
  private static final long ALIGNMENT = 16;
  private static final Path SHELL = Path.of("/bin/sh");

  private final Libc libc;
  private final MemorySegment attributes;

  /// Null until a terminal is asked for.
  private @Nullable PtyCalls pty;

  /// Null until a start is to be restricted.
  private @Nullable RestrictCalls restrictCalls;

  /// A child that runs.
  ///
  /// @param pid also the number of its session and of its process group
  /// @param pidfd readable when it has ended
  /// @param ends of its streams: those that we keep
  /// @param status what the program says that confines it; null for one that none does
  record Spawned(int pid, int pidfd, ChildEnds ends, @Nullable SandboxStatus status) {}

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
  ///
  /// @param wrapping null for a child without limits
  Spawned spawn(Path program, ProcessSpec spec, @Nullable Wrapping wrapping) throws ExecException {
    StartCheck check = new StartCheck(libc, spec.argv().getFirst());
    try (Arena arena = Arena.ofConfined();
        WrappingEnds more = WrappingEnds.open(check, arena, wrapping)) {
      ChildEnds ends = open(spec.stdio(), wrapping, check, arena);
      boolean running = false;
      try (SpawnActions actions = new SpawnActions(libc, arena, check)) {
        boolean isKept = wrapping instanceof Wrapping.Keeper;
        actions.changeDirectory(isKept ? "/" : spec.directory().toString());
        ends.arrange(actions);
        actions.closeFrom(more.arrange(actions));
        int pid =
            switch (wrapping) {
              case null -> check.of(execute(arena, program, spec, actions.memory()));
              case Wrapping.Keeper keeper -> check.of(execute(arena, keeper, actions.memory()));
              case Wrapping.Gated gated -> restricted(arena, gated, ends, actions.memory());
            };
        int pidfd = watch(check, pid);
        running = true;
        if (wrapping instanceof Wrapping.Gated) {
          more.openGate(arena);
        }
        return new Spawned(pid, pidfd, ends, isKept ? more.take() : null);
      } finally {
        ends.closeTheirs();
        if (!running) {
          ends.closeOurs();
        }
      }
    }
  }

  private ChildEnds open(Stdio stdio, @Nullable Wrapping wrapping, StartCheck check, Arena arena)
      throws ExecException {
    return switch (stdio) {
      case Stdio.Pipes(boolean input) -> PipeEnds.open(check, arena, input);
      case Stdio.Terminal(TerminalSize size) -> {
        if (pty == null) {
          pty = new PtyCalls();
        }
        TerminalEnds.Role role =
            wrapping instanceof Wrapping.Keeper
                ? TerminalEnds.Role.STREAMS_ONLY
                : TerminalEnds.Role.CONTROLLING;
        yield TerminalEnds.open(check, pty, arena, new TerminalEnds.Wish(size, role));
      }
    };
  }

  /// Returns the pid, or a negated error number.
  private int execute(Arena arena, Path program, ProcessSpec spec, MemorySegment actions) {
    MemorySegment environment = strings(arena, environment(spec));
    List<String> argv = new ArrayList<>(spec.argv());
    if (spec.arg0() != null) {
      argv.set(0, spec.arg0());
    }
    int result = execute(arena, program, argv, actions, environment);
    if (result == -Libc.ENOEXEC) {
      // A script without a first line that names its interpreter: every shell runs it by sh.
      List<String> script = new ArrayList<>(spec.argv());
      script.set(0, program.toString());
      script.addFirst(SHELL.toString());
      return execute(arena, SHELL, script, actions, environment);
    }
    return result;
  }

  /// Nothing of the command's environment reaches the program that confines it, which runs without
  /// limits itself: a variable can make any program load what it names.
  private int execute(Arena arena, Wrapping wrapping, MemorySegment actions) {
    MemorySegment nothing = strings(arena, List.of());
    return execute(arena, wrapping.program(), wrapping.argv(), actions, nothing);
  }

  private int execute(
      Arena arena, Path program, List<String> argv, MemorySegment actions, MemorySegment envp) {
    MemorySegment pid = arena.allocate(JAVA_INT);
    MemorySegment path = arena.allocateFrom(program.toString());
    int error = libc.posix_spawn(pid, path, actions, attributes, strings(arena, argv), envp);
    return error == 0 ? pid.get(JAVA_INT, 0) : -error;
  }

  /// Returns the pid of what waits at the gate.
  private int restricted(
      Arena arena, Wrapping.Gated wrapping, ChildEnds ends, MemorySegment actions)
      throws ExecException {
    if (restrictCalls == null) {
      restrictCalls = new RestrictCalls();
    }
    MemorySegment pid = arena.allocate(JAVA_INT);
    MemorySegment path = arena.allocateFrom(wrapping.program().toString());
    MemorySegment argv = strings(arena, wrapping.argv());
    MemorySegment envp = strings(arena, List.of());
    Ruleset rules = wrapping.ruleset();
    @Nullable Path terminal = ends.terminal();
    int error = terminal == null ? 0 : rules.allowTerminal(terminal);
    if (error == 0) {
      RestrictedStart start =
          new RestrictedStart(
              restrictCalls,
              RestrictCalls.Limits.of(arena, rules.fd(), wrapping.filter().array()),
              () -> -libc.posix_spawn(pid, path, actions, attributes, argv, envp));
      error = start.perform();
      if (error == 0 && !start.isGone()) {
        end(pid.get(JAVA_INT, 0));
        error = -Libc.EAGAIN;
      }
    }
    rules.close();
    if (error < 0) {
      throw new SandboxUnavailableException("landlock: " + libc.strerror(-error));
    }
    return pid.get(JAVA_INT, 0);
  }

  private static List<String> environment(ProcessSpec spec) {
    List<String> environment = new ArrayList<>();
    spec.environment().forEach((name, value) -> environment.add(name + "=" + value));
    return environment;
  }

  /// Nobody else reaps our children, so the pid is still the child's, whether it lives or not.
  private int watch(StartCheck check, int pid) throws ExecException {
    int pidfd = libc.pidfd_open(pid);
    if (pidfd < 0) {
      end(pid);
    }
    return check.of(pidfd);
  }

  /// Nobody will use the child.
  void undo(Spawned spawned) {
    end(spawned.pid());
    libc.close(spawned.pidfd());
    spawned.ends().closeOurs();
    if (spawned.status() != null) {
      spawned.status().close();
    }
  }

  /// It waits, for what KILL ends at once. The alternative would be a zombie.
  private void end(int pid) {
    libc.kill(-pid, Libc.SIGKILL);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment information = arena.allocate(Libc.SIZEOF_SIGINFO, ALIGNMENT);
      libc.waitid(Libc.P_PID, pid, information, Libc.WEXITED);
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
