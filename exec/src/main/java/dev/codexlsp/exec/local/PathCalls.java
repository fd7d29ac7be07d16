package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The functions of glibc and of the kernel that finding a file takes; what is said of [Libc] holds
/// here too, but that any thread may call these.
final class PathCalls {
  static final int ENOENT = 2;
  static final int EACCES = 13;
  static final int EXDEV = 18;
  static final int ENOTDIR = 20;
  static final int ELOOP = 40;

  private static final long SYS_openat2 = 437;
  private static final int AT_FDCWD = -100;
  private static final long O_PATH = 0x200000;
  private static final long RESOLVE_NO_MAGICLINKS = 2;
  private static final long RESOLVE_NO_SYMLINKS = 4;

  private final MethodHandle syscall;
  private final MethodHandle close;

  private PathCalls() {
    WordCalls calls = new WordCalls();
    syscall = calls.bind("syscall");
    close = calls.bind("close");
  }

  /// Null when this system does not have what it takes: another one than Linux, a kernel before
  /// 5.6, or a container that hides the call, or `/proc`, by which is opened what was found.
  static @Nullable PathCalls load() {
    if (!System.getProperty("os.name").equals("Linux") || !WordCalls.isPossible()) {
      return null;
    }
    try {
      PathCalls calls = new PathCalls();
      int root = calls.find("/");
      if (root < 0) {
        return null;
      }
      boolean usable = Files.isDirectory(Path.of("/proc/self/fd/" + root));
      calls.close(root);
      return usable ? calls : null;
    } catch (NoSuchElementException | UnsupportedOperationException | IllegalCallerException _) {
      return null;
    }
  }

  /// Finds what an absolute path names, in one step and without following a link anywhere on the
  /// way, and holds on to it. It may wait for a file system that hangs.
  ///
  /// @return a descriptor that can be named but neither read nor written, or a negated error number
  int find(String path) {
    try (Arena arena = Arena.ofConfined()) {
      // struct open_how: flags, mode, resolve
      MemorySegment how = arena.allocate(JAVA_LONG, 3);
      how.setAtIndex(JAVA_LONG, 0, O_PATH | Libc.O_CLOEXEC);
      how.setAtIndex(JAVA_LONG, 2, RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS);
      MemorySegment name = arena.allocateFrom(path);
      return WordCalls.callAlone(
          syscall, SYS_openat2, AT_FDCWD, name.address(), how.address(), how.byteSize());
    }
  }

  void close(int fd) {
    int _ = WordCalls.callAlone(close, fd, 0, 0, 0, 0);
  }
}
