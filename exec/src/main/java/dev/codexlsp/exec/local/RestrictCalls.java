package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The calls by which a thread gives up rights, for itself and for all that it starts; what is said
/// of [Libc] holds here too.
final class RestrictCalls {
  static final int ESRCH = 3;

  private static final int PR_SET_SECCOMP = 22;
  private static final int SECCOMP_MODE_FILTER = 2;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int PR_CAP_AMBIENT = 47;
  private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
  private static final int CAPABILITY_VERSION_3 = 0x20080522;
  private static final long SIZEOF_CAPABILITY_HEADER = 8;
  private static final long SIZEOF_CAPABILITIES = 24;
  private static final long SYS_landlock_restrict_self = 446;
  private static final int INSTRUCTION_BYTES = 8;

  private final WordCalls calls = new WordCalls();
  private final MethodHandle capset = calls.bind("capset");
  private final MethodHandle gettid = calls.bind("gettid");
  private final MethodHandle prctl = calls.bind("prctl");
  private final MethodHandle syscall = calls.bind("syscall");
  private final MethodHandle tgkill = calls.bind("tgkill");

  /// What is laid out in memory before, as nothing must be made by a thread that is restricted
  /// already.
  ///
  /// @param rules descriptor of a set of rules
  /// @param filter `struct sock_fprog`
  /// @param header `struct __user_cap_header_struct`
  /// @param none `struct __user_cap_data_struct[2]`
  record Limits(int rules, MemorySegment filter, MemorySegment header, MemorySegment none) {
    /// @param arena lives until the thread has ended
    static Limits of(Arena arena, int rules, byte[] filter) {
      MemorySegment instructions = arena.allocateFrom(JAVA_BYTE, filter);
      MemorySegment program = arena.allocate(2 * ADDRESS.byteSize(), ADDRESS.byteSize());
      program.set(JAVA_SHORT, 0, (short) (filter.length / INSTRUCTION_BYTES));
      program.set(ADDRESS, ADDRESS.byteSize(), instructions);
      MemorySegment header = arena.allocate(SIZEOF_CAPABILITY_HEADER, JAVA_INT.byteSize());
      header.set(JAVA_INT, 0, CAPABILITY_VERSION_3);
      MemorySegment none = arena.allocate(SIZEOF_CAPABILITIES, JAVA_INT.byteSize());
      return new Limits(rules, program, header, none);
    }
  }

  /// Of the calling thread.
  int threadId() {
    return calls.checked(calls.call(gettid, 0));
  }

  /// Whether a thread of this process is still there, to whoever may look.
  boolean isAlive(int process, int thread) {
    return calls.checked(calls.call(tgkill, process, thread, 0)) != -ESRCH;
  }

  /// For ever. The filter comes last, since it may refuse the others.
  ///
  /// @return 0, or a negated error number; some rights may be gone then
  int restrict(Limits limits) {
    int result = prctl(PR_SET_NO_NEW_PRIVS, 1, 0);
    if (result == 0) {
      result = calls.checked(calls.call(syscall, SYS_landlock_restrict_self, limits.rules(), 0));
    }
    if (result == 0) {
      result = prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0);
    }
    if (result == 0) {
      result =
          calls.checked(calls.call(capset, limits.header().address(), limits.none().address()));
    }
    return result == 0
        ? prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, limits.filter().address())
        : result;
  }

  private int prctl(int option, long a, long b) {
    return calls.checked(calls.call(prctl, option, a, b, 0, 0, 0));
  }
}
