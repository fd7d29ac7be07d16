package dev.codexlsp.exec.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The functions of glibc that starting and watching processes takes, with their names, arguments
/// and constants as in C.
///
/// One thing differs from C: a function that fails returns the negated error number, as the kernel
/// does it, and not -1. Where C returns the error number itself (the `posix_spawn` family), so does
/// the method.
///
/// One thread at a time uses an instance: whoever makes it, until it is handed to the launcher's
/// thread. Only [#eventfd_write] may be called by any.
@SuppressWarnings({"restricted", "MemberName"})
final class Libc {
  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int ENOEXEC = 8;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int ENOSYS = 38;

  static final int O_RDONLY = 0;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int EFD_NONBLOCK = O_NONBLOCK;
  static final int EFD_CLOEXEC = O_CLOEXEC;
  static final int F_SETFL = 4;
  static final int F_DUPFD_CLOEXEC = 1030;
  static final short POLLIN = 1;
  static final short POLLOUT = 4;
  static final short POLLERR = 8;
  static final short POLLHUP = 16;

  static final int SIGINT = 2;
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

  private static final long SYS_pidfd_send_signal = 424;
  private static final long SYS_pidfd_open = 434;
  private static final long SIG_DFL = 0;
  private static final int MFD_CLOEXEC = 1;
  private static final int SEEK_SET = 0;

  private final WordCalls calls = new WordCalls();

  private final MethodHandle close = calls.bind("close");
  private final MethodHandle eventfd = calls.bind("eventfd");
  private final MethodHandle eventfd_write = calls.bind("eventfd_write");
  private final MethodHandle fcntl = calls.bind("fcntl");
  private final MethodHandle kill = calls.bind("kill");
  private final MethodHandle lseek = calls.bind("lseek");
  private final MethodHandle memfd_create = calls.bind("memfd_create");
  private final MethodHandle pipe2 = calls.bind("pipe2");
  private final MethodHandle poll = calls.bind("poll");
  private final MethodHandle posix_spawn = calls.bind("posix_spawn");
  private final MethodHandle attr_init = calls.bind("posix_spawnattr_init");
  private final MethodHandle attr_setflags = calls.bind("posix_spawnattr_setflags");
  private final MethodHandle attr_setsigdefault = calls.bind("posix_spawnattr_setsigdefault");
  private final MethodHandle attr_setsigmask = calls.bind("posix_spawnattr_setsigmask");
  private final MethodHandle addchdir_np = calls.bind("posix_spawn_file_actions_addchdir_np");
  private final MethodHandle addclosefrom_np =
      calls.bind("posix_spawn_file_actions_addclosefrom_np");
  private final MethodHandle adddup2 = calls.bind("posix_spawn_file_actions_adddup2");
  private final MethodHandle addopen = calls.bind("posix_spawn_file_actions_addopen");
  private final MethodHandle actions_destroy = calls.bind("posix_spawn_file_actions_destroy");
  private final MethodHandle actions_init = calls.bind("posix_spawn_file_actions_init");
  private final MethodHandle read = calls.bind("read");
  private final MethodHandle signal = calls.bind("signal");
  private final MethodHandle strerror = calls.bind("strerror");
  private final MethodHandle syscall = calls.bind("syscall");
  private final MethodHandle waitid = calls.bind("waitid");
  private final MethodHandle write = calls.bind("write");

  private Libc() {}

  /// Null when this system has not all we need: another C library or processor, a kernel without
  /// pidfds, or a JVM that was told to refuse native access.
  ///
  /// @throws UncheckedIOException when it only is not possible now, for want of a descriptor
  static @Nullable Libc load() {
    if (!WordCalls.isPossible()) {
      return null;
    }
    try {
      Libc libc = new Libc();
      // Process 1 exists everywhere; a sandbox around us may refuse the call itself.
      int probe = libc.pidfd_open(1);
      if (probe == -ENOSYS || probe == -EPERM) {
        return null;
      }
      if (probe < 0) {
        throw new UncheckedIOException(new IOException("pidfd_open: " + libc.strerror(-probe)));
      }
      libc.close(probe);
      return libc;
    } catch (NoSuchElementException | UnsupportedOperationException | IllegalCallerException _) {
      return null;
    }
  }

  int close(int fd) {
    return calls.checked(calls.call(close, fd));
  }

  int eventfd(int value, int flags) {
    return calls.checked(calls.call(eventfd, value, flags));
  }

  /// Any thread may call it. The only failure of a non-blocking one is a full counter, and then the
  /// reader has been woken already.
  void eventfd_write(int fd, long value) {
    int _ = WordCalls.callAlone(eventfd_write, fd, value, 0, 0, 0);
  }

  int fcntl(int fd, int command, int argument) {
    return calls.checked(calls.call(fcntl, fd, command, argument));
  }

  int kill(int pid, int signal) {
    return calls.checked(calls.call(kill, pid, signal));
  }

  /// A file that is in memory only and goes with its last descriptor.
  int memfd_create(MemorySegment name) {
    return calls.checked(calls.call(memfd_create, name.address(), MFD_CLOEXEC));
  }

  /// Back to the first byte.
  int rewind(int fd) {
    return calls.checked(calls.call(lseek, fd, 0, SEEK_SET));
  }

  /// glibc has a wrapper of this name since 2.36 only.
  int pidfd_open(int pid) {
    return calls.checked(calls.call(syscall, SYS_pidfd_open, pid, 0));
  }

  int pidfd_send_signal(int pidfd, int signal) {
    return calls.checked(calls.call(syscall, SYS_pidfd_send_signal, pidfd, signal, 0, 0, 0));
  }

  int pipe2(MemorySegment fds, int flags) {
    return calls.checked(calls.call(pipe2, fds.address(), flags));
  }

  int poll(MemorySegment fds, long count, int timeoutMillis) {
    return calls.checked(calls.call(poll, fds.address(), count, timeoutMillis));
  }

  int posix_spawn(
      MemorySegment pid,
      MemorySegment path,
      MemorySegment actions,
      MemorySegment attributes,
      MemorySegment argv,
      MemorySegment envp) {
    return (int)
        calls.call(
            posix_spawn,
            pid.address(),
            path.address(),
            actions.address(),
            attributes.address(),
            argv.address(),
            envp.address());
  }

  int posix_spawnattr_init(MemorySegment attributes) {
    return (int) calls.call(attr_init, attributes.address());
  }

  int posix_spawnattr_setflags(MemorySegment attributes, int flags) {
    return (int) calls.call(attr_setflags, attributes.address(), flags);
  }

  int posix_spawnattr_setsigdefault(MemorySegment attributes, MemorySegment signals) {
    return (int) calls.call(attr_setsigdefault, attributes.address(), signals.address());
  }

  int posix_spawnattr_setsigmask(MemorySegment attributes, MemorySegment signals) {
    return (int) calls.call(attr_setsigmask, attributes.address(), signals.address());
  }

  int posix_spawn_file_actions_addchdir_np(MemorySegment actions, MemorySegment path) {
    return (int) calls.call(addchdir_np, actions.address(), path.address());
  }

  int posix_spawn_file_actions_addclosefrom_np(MemorySegment actions, int fd) {
    return (int) calls.call(addclosefrom_np, actions.address(), fd);
  }

  int posix_spawn_file_actions_adddup2(MemorySegment actions, int fd, int target) {
    return (int) calls.call(adddup2, actions.address(), fd, target);
  }

  int posix_spawn_file_actions_addopen(
      MemorySegment actions, int fd, MemorySegment path, int flags, int mode) {
    return (int) calls.call(addopen, actions.address(), fd, path.address(), flags, mode, 0);
  }

  int posix_spawn_file_actions_destroy(MemorySegment actions) {
    return (int) calls.call(actions_destroy, actions.address());
  }

  int posix_spawn_file_actions_init(MemorySegment actions) {
    return (int) calls.call(actions_init, actions.address());
  }

  long read(int fd, MemorySegment buffer, long count) {
    return calls.checkedWord(calls.call(read, fd, buffer.address(), count));
  }

  /// `signal(number, SIG_DFL)`
  void signalDefault(int number) {
    long _ = calls.call(signal, number, SIG_DFL);
  }

  String strerror(int error) {
    return MemorySegment.ofAddress(calls.call(strerror, error))
        .reinterpret(Long.MAX_VALUE)
        .getString(0);
  }

  int waitid(int kind, int id, MemorySegment information, int options) {
    return calls.checked(calls.call(waitid, kind, id, information.address(), options, 0, 0));
  }

  /// SIGPIPE does not come: the JVM handles it, and does nothing.
  long write(int fd, MemorySegment buffer, long count) {
    return calls.checkedWord(calls.call(write, fd, buffer.address(), count));
  }
}
