package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.sandbox.Landlock.Right;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The calls of the kernel by which a set of rules for files is made; what is said of [PathCalls]
/// holds here too.
final class LandlockCalls {
  private static final int VERSION_NEEDED = 6;

  private static final long SYS_landlock_create_ruleset = 444;
  private static final long SYS_landlock_add_rule = 445;
  private static final long CREATE_RULESET_VERSION = 1;
  private static final long RULE_PATH_BENEATH = 1;

  private static final long EXECUTE = 1;
  private static final long WRITE_FILE = 2;
  private static final long READ_FILE = 4;
  private static final long READ_DIR = 8;
  private static final long IOCTL_DEV = 1 << 15;

  /// All that version 6 knows: also removing, making, renaming and truncating.
  private static final long EVERYTHING = 0xffff;

  /// `bind` and `connect` of TCP.
  private static final long ALL_OF_TCP = 3;

  /// Abstract unix sockets, and signals, of who is not within the same limits.
  private static final long ALL_SCOPES = 3;

  private static final int EINVAL = 22;

  private final MethodHandle syscall = new WordCalls().bind("syscall");
  private final PathCalls paths;

  private LandlockCalls(PathCalls paths) {
    this.paths = paths;
  }

  /// @throws SandboxUnavailableException when the kernel does not have what it takes
  static LandlockCalls load() throws SandboxUnavailableException {
    @Nullable PathCalls paths = PathCalls.load();
    if (paths == null) {
      throw new SandboxUnavailableException("no openat2 to name files with");
    }
    try {
      LandlockCalls calls = new LandlockCalls(paths);
      int version = calls.call(SYS_landlock_create_ruleset, 0, 0, CREATE_RULESET_VERSION, 0);
      if (version < 0) {
        throw new SandboxUnavailableException("the kernel has none, or it is switched off");
      }
      if (version < VERSION_NEEDED) {
        throw new SandboxUnavailableException(
            "the kernel has version " + version + ", and it takes " + VERSION_NEEDED);
      }
      return calls;
    } catch (NoSuchElementException | UnsupportedOperationException | IllegalCallerException no) {
      throw new SandboxUnavailableException("no native calls", no);
    }
  }

  private int call(long number, long a, long b, long c, long d) {
    return WordCalls.callAlone(syscall, number, a, b, c, d);
  }

  /// A set of rules that allows nothing yet.
  ///
  /// @return a descriptor, or a negated error number
  int create(boolean hasNetwork) {
    try (Arena arena = Arena.ofConfined()) {
      // struct landlock_ruleset_attr: files, network, scopes
      MemorySegment handled = arena.allocate(JAVA_LONG, 3);
      handled.setAtIndex(JAVA_LONG, 0, EVERYTHING);
      handled.setAtIndex(JAVA_LONG, 1, hasNetwork ? 0 : ALL_OF_TCP);
      handled.setAtIndex(JAVA_LONG, 2, ALL_SCOPES);
      return call(SYS_landlock_create_ruleset, handled.address(), handled.byteSize(), 0, 0);
    }
  }

  /// Allows what is there by a path. Nothing is, by a path that is not there or has become a link.
  /// It may wait for a file system that hangs.
  ///
  /// @return 0, or a negated error number
  int allow(int rules, Path path, Right right) {
    int file = paths.find(path.toString());
    if (file < 0) {
      return 0;
    }
    long bits =
        switch (right) {
          case LIST -> READ_DIR;
          case READ -> EXECUTE | READ_FILE | READ_DIR;
          case USE -> READ_FILE | WRITE_FILE | IOCTL_DEV;
        };
    int result = allow(rules, file, bits);
    // What is no folder has no names in it.
    result = result == -EINVAL ? allow(rules, file, bits & ~READ_DIR) : result;
    close(file);
    return result;
  }

  private int allow(int rules, int file, long bits) {
    try (Arena arena = Arena.ofConfined()) {
      // struct landlock_path_beneath_attr, packed: what is allowed, and where
      MemorySegment rule = arena.allocate(JAVA_LONG.byteSize() + JAVA_INT.byteSize(), 8);
      rule.set(JAVA_LONG, 0, bits);
      rule.set(JAVA_INT, JAVA_LONG.byteSize(), file);
      return call(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, rule.address(), 0);
    }
  }

  void close(int fd) {
    paths.close(fd);
  }
}
