package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Set;

/// Calls functions of C, all by one signature: six machine words and a result. On the processors
/// that [#isPossible] knows, whole numbers and pointers travel in registers, an `int` is the low
/// half of one, and a function does not look at those it has no parameter for, be their number
/// fixed or variable. It is not done for brevity: the JDK writes code for each signature, and the
/// twenty that C has would double the time that the first command takes.
///
/// One thread at a time uses an instance: it has one place for `errno`.
@SuppressWarnings("restricted")
final class WordCalls {
  private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");
  private static final FunctionDescriptor SIX_WORDS =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols = linker.defaultLookup();

  /// Where the linker leaves `errno` after a call; it lives as long as this object.
  private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

  static boolean isPossible() {
    return PROCESSORS.contains(System.getProperty("os.arch"));
  }

  /// @throws java.util.NoSuchElementException when the C library does not have it
  MethodHandle bind(String name) {
    return linker.downcallHandle(
        symbols.findOrThrow(name), SIX_WORDS, Linker.Option.captureCallState("errno"));
  }

  long call(MethodHandle function, long a) {
    return call(function, a, 0, 0, 0, 0, 0);
  }

  long call(MethodHandle function, long a, long b) {
    return call(function, a, b, 0, 0, 0, 0);
  }

  long call(MethodHandle function, long a, long b, long c) {
    return call(function, a, b, c, 0, 0, 0);
  }

  long call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) function.invokeExact(state, a, b, c, d, e, f);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /// For a function that any thread calls: its `errno` goes where nobody looks.
  static void callUnread(MethodHandle function, long a, long b) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment unread = arena.allocate(Linker.Option.captureStateLayout());
      long _ = (long) function.invokeExact(unread, a, b, 0L, 0L, 0L, 0L);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /// The result of the last call as the kernel tells it: a failure is the negated error number, and
  /// not -1. Of an `int` result only the low half means something.
  int checked(long result) {
    return (int) result < 0 ? -errno() : (int) result;
  }

  /// The same for a result that is a whole word.
  long checkedWord(long result) {
    return result < 0 ? -errno() : result;
  }

  /// It is all that the captured state holds on Linux.
  private int errno() {
    return state.get(JAVA_INT, 0);
  }

  /// A downcall throws only when it is declared or used wrongly.
  private static AssertionError unexpected(Throwable failure) {
    return new AssertionError(failure);
  }
}
