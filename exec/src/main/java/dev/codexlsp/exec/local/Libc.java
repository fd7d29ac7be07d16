package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The functions of glibc that starting and watching processes takes, with their names, arguments
/// and constants as in C.
///
/// One thing differs from C: a function that fails returns the negated error number, as the kernel
/// does it, and not -1. Where C returns the error number itself (the `posix_spawn` family), so does
/// the method.
///
/// Every function is called by one signature, six machine words and a result. On the [#PROCESSORS]
/// named here whole numbers and pointers travel in registers, an `int` is the low half of one, and
/// a function does not look at those it has no parameter for. It is not done for brevity: the JDK
/// writes code for each signature, and the twenty that C has would double the time that the first
/// command takes.
///
/// One thread uses an instance, the launcher's; only [#eventfd_write] may be called by any.
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

  static final int POSIX_SPAWN_SETSIGDEF = 0x04;
  static final int POSIX_SPAWN_SETSIGMASK = 0x08;
  static final int POSIX_SPAWN_SETSID = 0x80;

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
  private static final long SIG_DFL = 0;

  private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");
  private static final FunctionDescriptor SIX_WORDS =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols = linker.defaultLookup();

  /// Where the linker leaves `errno` after a call; it lives as long as this object.
  private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

  private final MethodHandle close = bind("close");
  private final MethodHandle eventfd = bind("eventfd");
  private final MethodHandle eventfd_write = bind("eventfd_write");
  private final MethodHandle fcntl = bind("fcntl");
  private final MethodHandle kill = bind("kill");
  private final MethodHandle pipe2 = bind("pipe2");
  private final MethodHandle poll = bind("poll");
  private final MethodHandle posix_spawn = bind("posix_spawn");
  private final MethodHandle attr_init = bind("posix_spawnattr_init");
  private final MethodHandle attr_setflags = bind("posix_spawnattr_setflags");
  private final MethodHandle attr_setsigdefault = bind("posix_spawnattr_setsigdefault");
  private final MethodHandle attr_setsigmask = bind("posix_spawnattr_setsigmask");
  private final MethodHandle addchdir_np = bind("posix_spawn_file_actions_addchdir_np");
  private final MethodHandle addclosefrom_np = bind("posix_spawn_file_actions_addclosefrom_np");
  private final MethodHandle adddup2 = bind("posix_spawn_file_actions_adddup2");
  private final MethodHandle addopen = bind("posix_spawn_file_actions_addopen");
  private final MethodHandle actions_destroy = bind("posix_spawn_file_actions_destroy");
  private final MethodHandle actions_init = bind("posix_spawn_file_actions_init");
  private final MethodHandle read = bind("read");
  private final MethodHandle signal = bind("signal");
  private final MethodHandle strerror = bind("strerror");
  private final MethodHandle syscall = bind("syscall");
  private final MethodHandle waitid = bind("waitid");

  private Libc() {}

  /// Null when this system has not all we need: another C library or processor, a kernel without
  /// pidfds, or a JVM that was told to refuse native access.
  static @Nullable Libc load() {
    if (!PROCESSORS.contains(System.getProperty("os.arch"))) {
      return null;
    }
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
    return checked(call(close, fd));
  }

  int eventfd(int value, int flags) {
    return checked(call(eventfd, value, flags));
  }

  /// Any thread may call it, so it has its own place for `errno`. The only failure of a
  /// non-blocking one is a full counter, and then the reader has been woken already.
  void eventfd_write(int fd, long value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment unread = arena.allocate(Linker.Option.captureStateLayout());
      long _ = (long) eventfd_write.invokeExact(unread, (long) fd, value, 0L, 0L, 0L, 0L);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int fcntl(int fd, int command, int argument) {
    return checked(call(fcntl, fd, command, argument));
  }

  int kill(int pid, int signal) {
    return checked(call(kill, pid, signal));
  }

  /// glibc has a wrapper of this name since 2.36 only.
  int pidfd_open(int pid) {
    return checked(call(syscall, SYS_pidfd_open, pid, 0));
  }

  int pipe2(MemorySegment fds, int flags) {
    return checked(call(pipe2, fds.address(), flags));
  }

  int poll(MemorySegment fds, long count, int timeoutMillis) {
    return checked(call(poll, fds.address(), count, timeoutMillis));
  }

  int posix_spawn(
      MemorySegment pid,
      MemorySegment path,
      MemorySegment actions,
      MemorySegment attributes,
      MemorySegment argv,
      MemorySegment envp) {
    return (int)
        call(
            posix_spawn,
            pid.address(),
            path.address(),
            actions.address(),
            attributes.address(),
            argv.address(),
            envp.address());
  }

  int posix_spawnattr_init(MemorySegment attributes) {
    return (int) call(attr_init, attributes.address());
  }

  int posix_spawnattr_setflags(MemorySegment attributes, int flags) {
    return (int) call(attr_setflags, attributes.address(), flags);
  }

  int posix_spawnattr_setsigdefault(MemorySegment attributes, MemorySegment signals) {
    return (int) call(attr_setsigdefault, attributes.address(), signals.address());
  }

  int posix_spawnattr_setsigmask(MemorySegment attributes, MemorySegment signals) {
    return (int) call(attr_setsigmask, attributes.address(), signals.address());
  }

  int posix_spawn_file_actions_addchdir_np(MemorySegment actions, MemorySegment path) {
    return (int) call(addchdir_np, actions.address(), path.address());
  }

  int posix_spawn_file_actions_addclosefrom_np(MemorySegment actions, int fd) {
    return (int) call(addclosefrom_np, actions.address(), fd);
  }

  int posix_spawn_file_actions_adddup2(MemorySegment actions, int fd, int target) {
    return (int) call(adddup2, actions.address(), fd, target);
  }

  int posix_spawn_file_actions_addopen(
      MemorySegment actions, int fd, MemorySegment path, int flags, int mode) {
    return (int) call(addopen, actions.address(), fd, path.address(), flags, mode, 0);
  }

  int posix_spawn_file_actions_destroy(MemorySegment actions) {
    return (int) call(actions_destroy, actions.address());
  }

  int posix_spawn_file_actions_init(MemorySegment actions) {
    return (int) call(actions_init, actions.address());
  }

  long read(int fd, MemorySegment buffer, long count) {
    long result = call(read, fd, buffer.address(), count);
    return result < 0 ? -errno() : result;
  }

  /// `signal(number, SIG_DFL)`
  void signalDefault(int number) {
    long _ = call(signal, number, SIG_DFL);
  }

  String strerror(int error) {
    return MemorySegment.ofAddress(call(strerror, error)).reinterpret(Long.MAX_VALUE).getString(0);
  }

  int waitid(int kind, int id, MemorySegment information, int options) {
    return checked(call(waitid, kind, id, information.address(), options, 0, 0));
  }

  /// Of an `int` result only the low half means something.
  private int checked(long result) {
    return (int) result < 0 ? -errno() : (int) result;
  }

  /// It is all that the captured state holds on Linux.
  private int errno() {
    return state.get(JAVA_INT, 0);
  }

  private MethodHandle bind(String name) {
    return linker.downcallHandle(
        symbols.findOrThrow(name), SIX_WORDS, Linker.Option.captureCallState("errno"));
  }

  private long call(MethodHandle function, long a) {
    return call(function, a, 0, 0, 0, 0, 0);
  }

  private long call(MethodHandle function, long a, long b) {
    return call(function, a, b, 0, 0, 0, 0);
  }

  private long call(MethodHandle function, long a, long b, long c) {
    return call(function, a, b, c, 0, 0, 0);
  }

  private long call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) function.invokeExact(state, a, b, c, d, e, f);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /// A downcall throws only when it is declared or used wrongly.
  private static AssertionError unexpected(Throwable failure) {
    return new AssertionError(failure);
  }
}
