package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The functions of glibc that starting and watching processes takes, with their names, arguments
/// and constants as in C; the values hold for every 64-bit Linux that the JDK runs on.
///
/// One thing differs from C: a function that fails returns the negated error number, as the kernel
/// does it, and not -1. Where C returns the error number itself (the `posix_spawn` family), so does
/// the method.
///
/// One thread uses an instance, the launcher's; only [#eventfd_write] may be called by any. The
/// class is one file on purpose, long but flat: it is all that the house says in C.
@SuppressWarnings({"restricted", "MemberName"})
final class Libc {
  static final int EINTR = 4;
  static final int ENOEXEC = 8;
  static final int EAGAIN = 11;
  static final int EACCES = 13;

  static final int O_RDONLY = 0;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int EFD_NONBLOCK = O_NONBLOCK;
  static final int EFD_CLOEXEC = O_CLOEXEC;
  static final int F_SETFL = 4;
  static final short POLLIN = 1;

  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int SIGCHLD = 17;

  static final int P_PID = 1;
  static final int WNOHANG = 1;
  static final int WEXITED = 4;
  static final int WNOWAIT = 0x1000000;
  static final int CLD_EXITED = 1;

  static final short POSIX_SPAWN_SETSIGDEF = 0x04;
  static final short POSIX_SPAWN_SETSIGMASK = 0x08;
  static final short POSIX_SPAWN_SETSID = 0x80;

  /// Sizes of what C calls opaque, rounded up generously.
  static final long SIZEOF_SPAWNATTR = 512;

  static final long SIZEOF_FILE_ACTIONS = 256;
  static final long SIZEOF_SIGSET = 128;

  /// `siginfo_t` as `waitid` fills it.
  static final long SIZEOF_SIGINFO = 128;

  static final long SI_CODE = 8;
  static final long SI_PID = 16;
  static final long SI_STATUS = 24;

  /// `struct pollfd`: int fd, short events, short revents.
  static final long SIZEOF_POLLFD = 8;

  static final long POLLFD_EVENTS = 4;
  static final long POLLFD_REVENTS = 6;

  private static final long SYS_pidfd_open = 434;

  private static final FunctionDescriptor INT_OF_ADDRESS = FunctionDescriptor.of(JAVA_INT, ADDRESS);
  private static final FunctionDescriptor INT_OF_ADDRESS_ADDRESS =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
  private static final FunctionDescriptor INT_OF_ADDRESS_INT =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);
  private static final FunctionDescriptor INT_OF_INT_INT =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT);

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final Linker linker;
  private final SymbolLookup symbols;

  /// Where the linker leaves `errno` after a call; it lives as long as this object.
  private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

  private final MethodHandle close;
  private final MethodHandle eventfd;
  private final MethodHandle eventfd_write;
  private final MethodHandle fcntl;
  private final MethodHandle kill;
  private final MethodHandle pipe2;
  private final MethodHandle poll;
  private final MethodHandle posix_spawn;
  private final MethodHandle posix_spawnattr_init;
  private final MethodHandle posix_spawnattr_setflags;
  private final MethodHandle posix_spawnattr_setsigdefault;
  private final MethodHandle posix_spawnattr_setsigmask;
  private final MethodHandle posix_spawn_file_actions_addchdir_np;
  private final MethodHandle posix_spawn_file_actions_addclosefrom_np;
  private final MethodHandle posix_spawn_file_actions_adddup2;
  private final MethodHandle posix_spawn_file_actions_addopen;
  private final MethodHandle posix_spawn_file_actions_destroy;
  private final MethodHandle posix_spawn_file_actions_init;
  private final MethodHandle read;
  private final MethodHandle signal;
  private final MethodHandle strerror;
  private final MethodHandle syscall;
  private final MethodHandle waitid;

  private Libc() {
    linker = Linker.nativeLinker();
    symbols = linker.defaultLookup();
    close = checked("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    eventfd = checked("eventfd", INT_OF_INT_INT);
    eventfd_write = plain("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    fcntl = variadic("fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    kill = checked("kill", INT_OF_INT_INT);
    pipe2 = checked("pipe2", INT_OF_ADDRESS_INT);
    poll = checked("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    posix_spawn =
        plain(
            "posix_spawn",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    posix_spawnattr_init = plain("posix_spawnattr_init", INT_OF_ADDRESS);
    posix_spawnattr_setflags =
        plain(
            "posix_spawnattr_setflags",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ValueLayout.JAVA_SHORT));
    posix_spawnattr_setsigdefault = plain("posix_spawnattr_setsigdefault", INT_OF_ADDRESS_ADDRESS);
    posix_spawnattr_setsigmask = plain("posix_spawnattr_setsigmask", INT_OF_ADDRESS_ADDRESS);
    posix_spawn_file_actions_addchdir_np =
        plain("posix_spawn_file_actions_addchdir_np", INT_OF_ADDRESS_ADDRESS);
    posix_spawn_file_actions_addclosefrom_np =
        plain("posix_spawn_file_actions_addclosefrom_np", INT_OF_ADDRESS_INT);
    posix_spawn_file_actions_adddup2 =
        plain(
            "posix_spawn_file_actions_adddup2",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    posix_spawn_file_actions_addopen =
        plain(
            "posix_spawn_file_actions_addopen",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    posix_spawn_file_actions_destroy = plain("posix_spawn_file_actions_destroy", INT_OF_ADDRESS);
    posix_spawn_file_actions_init = plain("posix_spawn_file_actions_init", INT_OF_ADDRESS);
    read = checked("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    signal = plain("signal", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    strerror = plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    syscall =
        variadic("syscall", 1, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));
    waitid =
        checked("waitid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  }

  /// Null when this system has not all we need: another C library, a kernel without pidfds, or a
  /// JVM that was told to refuse native access.
  static @Nullable Libc load() {
    try {
      Libc libc = new Libc();
      // Process 1 exists everywhere; a sandbox around us may refuse the call itself.
      int probe = libc.pidfd_open(1);
      if (probe < 0) {
        return null;
      }
      libc.close(probe);
      return libc;
    } catch (NoSuchElementException | UnsupportedOperationException | IllegalCallerException _) {
      return null;
    }
  }

  int close(int fd) {
    try {
      return checked((int) close.invokeExact(state, fd));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int eventfd(int value, int flags) {
    try {
      return checked((int) eventfd.invokeExact(state, value, flags));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /// Any thread may call it. The only failure of a non-blocking one is a full counter, and then the
  /// reader has been woken already.
  void eventfd_write(int fd, long value) {
    try {
      int _ = (int) eventfd_write.invokeExact(fd, value);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int fcntl(int fd, int command, int argument) {
    try {
      return checked((int) fcntl.invokeExact(state, fd, command, argument));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int kill(int pid, int signal) {
    try {
      return checked((int) kill.invokeExact(state, pid, signal));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /// glibc has a wrapper of this name since 2.36 only.
  int pidfd_open(int pid) {
    try {
      return checked((int) (long) syscall.invokeExact(state, SYS_pidfd_open, pid, 0));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int pipe2(MemorySegment fds, int flags) {
    try {
      return checked((int) pipe2.invokeExact(state, fds, flags));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int poll(MemorySegment fds, long count, int timeoutMillis) {
    try {
      return checked((int) poll.invokeExact(state, fds, count, timeoutMillis));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawn(
      MemorySegment pid,
      MemorySegment path,
      MemorySegment actions,
      MemorySegment attributes,
      MemorySegment argv,
      MemorySegment envp) {
    try {
      return (int) posix_spawn.invokeExact(pid, path, actions, attributes, argv, envp);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawnattr_init(MemorySegment attributes) {
    try {
      return (int) posix_spawnattr_init.invokeExact(attributes);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawnattr_setflags(MemorySegment attributes, short flags) {
    try {
      return (int) posix_spawnattr_setflags.invokeExact(attributes, flags);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawnattr_setsigdefault(MemorySegment attributes, MemorySegment signals) {
    try {
      return (int) posix_spawnattr_setsigdefault.invokeExact(attributes, signals);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawnattr_setsigmask(MemorySegment attributes, MemorySegment signals) {
    try {
      return (int) posix_spawnattr_setsigmask.invokeExact(attributes, signals);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawn_file_actions_addchdir_np(MemorySegment actions, MemorySegment path) {
    try {
      return (int) posix_spawn_file_actions_addchdir_np.invokeExact(actions, path);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawn_file_actions_addclosefrom_np(MemorySegment actions, int fd) {
    try {
      return (int) posix_spawn_file_actions_addclosefrom_np.invokeExact(actions, fd);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawn_file_actions_adddup2(MemorySegment actions, int fd, int target) {
    try {
      return (int) posix_spawn_file_actions_adddup2.invokeExact(actions, fd, target);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawn_file_actions_addopen(
      MemorySegment actions, int fd, MemorySegment path, int flags, int mode) {
    try {
      return (int) posix_spawn_file_actions_addopen.invokeExact(actions, fd, path, flags, mode);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawn_file_actions_destroy(MemorySegment actions) {
    try {
      return (int) posix_spawn_file_actions_destroy.invokeExact(actions);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int posix_spawn_file_actions_init(MemorySegment actions) {
    try {
      return (int) posix_spawn_file_actions_init.invokeExact(actions);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  long read(int fd, MemorySegment buffer, long count) {
    try {
      long result = (long) read.invokeExact(state, fd, buffer, count);
      return result < 0 ? -errno() : result;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /// `signal(number, SIG_DFL)`
  void signalDefault(int number) {
    try {
      MemorySegment _ = (MemorySegment) signal.invokeExact(number, MemorySegment.NULL);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  String strerror(int error) {
    try {
      MemorySegment text = (MemorySegment) strerror.invokeExact(error);
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int waitid(int kind, int id, MemorySegment information, int options) {
    try {
      return checked((int) waitid.invokeExact(state, kind, id, information, options));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  private int checked(int result) {
    return result < 0 ? -errno() : result;
  }

  private int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  private MethodHandle plain(String name, FunctionDescriptor shape) {
    return linker.downcallHandle(symbols.findOrThrow(name), shape);
  }

  private MethodHandle checked(String name, FunctionDescriptor shape) {
    return linker.downcallHandle(
        symbols.findOrThrow(name), shape, Linker.Option.captureCallState("errno"));
  }

  private MethodHandle variadic(String name, int fixed, FunctionDescriptor shape) {
    return linker.downcallHandle(
        symbols.findOrThrow(name),
        shape,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  /// A downcall throws only when it is declared or used wrongly.
  private static AssertionError unexpected(Throwable failure) {
    return new AssertionError(failure);
  }
}
