package dev.codexlsp.exec.local;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// A `flock(2)` lock on a whole file. The JDK's own file locks are of the other kind (`fcntl`),
/// which programs that use `flock` do not see, and which a process cannot hold against itself.
///
/// The kernel drops the lock when the process ends, however it ends. The descriptor is not
/// inherited by children, so a command cannot keep the lock alive.
///
/// Nothing here waits for the lock: whoever finds it taken is told so at once. But a file system
/// that hangs, as one of the network may, lets the call wait and holds the carrier of a virtual
/// thread meanwhile. So it is for few files, and taken rarely. A lock belongs to one owner and is
/// closed by it.
@NullMarked
public final class AdvisoryLock implements AutoCloseable {
  private static final int OWNER_READ_WRITE = 0600;
  private static final int LOCK_SH = 1;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int O_RDWR = 2;
  private static final int CLOSED = -1;

  private static final boolean MACOS = System.getProperty("os.name", "").startsWith("Mac");
  private static final int O_CREAT = MACOS ? 0x200 : 0x40;
  private static final int O_CLOEXEC = MACOS ? 0x1000000 : 0x80000;
  private static final int EWOULDBLOCK = MACOS ? 35 : 11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle FLOCK =
      function(
          "flock",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private static final Duration PAUSE = Duration.ofMillis(20);

  /// Whether others may hold the lock at the same time.
  public enum Mode {
    SHARED,
    EXCLUSIVE
  }

  private int descriptor;

  private AdvisoryLock(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Locks the file, which is created (for its owner only) when it is missing. Null means that
  /// somebody else, in this process or another one, holds a lock that excludes this one.
  public static @Nullable AdvisoryLock tryAcquire(Path file, Mode mode) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment path = arena.allocateFrom(file.toString());
      int descriptor =
          (int) OPEN.invokeExact(state, path, O_RDWR | O_CREAT | O_CLOEXEC, OWNER_READ_WRITE);
      if (descriptor < 0) {
        throw failure("open", file, errno(state));
      }
      int operation = LOCK_NB | (mode == Mode.EXCLUSIVE ? LOCK_EX : LOCK_SH);
      if ((int) FLOCK.invokeExact(state, descriptor, operation) == 0) {
        return new AdvisoryLock(descriptor);
      }
      int errno = errno(state);
      closeDescriptor(descriptor);
      if (errno == EWOULDBLOCK) {
        return null;
      }
      throw failure("lock", file, errno);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native call failed before it was made", e);
    }
  }

  /// The same for a lock that others hold for a moment only: tries again until the patience is
  /// over.
  ///
  /// @throws IOException also when another process holds it all the time, which is then stopped or
  ///   broken
  public static AdvisoryLock acquire(Path file, Mode mode, Duration patience)
      throws IOException, InterruptedException {
    AdvisoryLock lock = tryAcquire(file, mode);
    for (long left = patience.dividedBy(PAUSE); lock == null; left--) {
      if (left == 0) {
        throw new IOException("another process holds " + file);
      }
      Thread.sleep(PAUSE);
      lock = tryAcquire(file, mode);
    }
    return lock;
  }

  /// Gives the lock up; the file stays.
  @Override
  public void close() {
    if (descriptor != CLOSED) {
      int closing = descriptor;
      descriptor = CLOSED;
      closeDescriptor(closing);
    }
  }

  /// The result does not matter: the descriptor is gone whatever `close` answers, and nothing was
  /// written through it.
  private static void closeDescriptor(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native call failed before it was made", e);
    }
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static IOException failure(String verb, Path file, int errno) {
    return new IOException("cannot " + verb + " " + file + " (errno " + errno + ")");
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }
}
