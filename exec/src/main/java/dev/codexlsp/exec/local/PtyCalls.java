package dev.codexlsp.exec.local;

import dev.codexlsp.exec.TerminalSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The functions of glibc that pseudo-terminals take; what is said of [Libc] holds here too. Apart
/// from it, so that a server that never runs a command at a terminal does not load them.
@SuppressWarnings("MemberName")
final class PtyCalls {
  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TIOCSIG = 0x40045436;
  private static final long NAME_BYTES = 128;

  private final WordCalls calls = new WordCalls();
  private final MethodHandle grantpt = calls.bind("grantpt");
  private final MethodHandle ioctl = calls.bind("ioctl");
  private final MethodHandle posix_openpt = calls.bind("posix_openpt");
  private final MethodHandle ptsname_r = calls.bind("ptsname_r");
  private final MethodHandle unlockpt = calls.bind("unlockpt");

  /// Opens a new master.
  int open() {
    return calls.checked(calls.call(posix_openpt, O_RDWR | O_NOCTTY | Libc.O_CLOEXEC));
  }

  /// Lets the other side be opened.
  int unlock(int master) {
    int granted = calls.checked(calls.call(grantpt, master));
    return granted < 0 ? granted : calls.checked(calls.call(unlockpt, master));
  }

  /// The path of the other side.
  ///
  /// @return 0, or a negated error number, and then the buffer holds nothing
  int name(int master, MemorySegment buffer) {
    return -(int) calls.call(ptsname_r, master, buffer.address(), buffer.byteSize());
  }

  static MemorySegment nameBuffer(Arena arena) {
    return arena.allocate(NAME_BYTES);
  }

  /// Tells the programs in front by SIGWINCH.
  int resize(int master, TerminalSize size) {
    try (Arena arena = Arena.ofConfined()) {
      // struct winsize: rows, columns, and two that count pixels
      MemorySegment winsize = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      winsize.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) size.rows());
      winsize.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) size.columns());
      return calls.checked(calls.call(ioctl, master, TIOCSWINSZ, winsize.address()));
    }
  }

  /// Sends a signal to the group in front, as the terminal does it by itself at Ctrl-C.
  int signal(int master, int signal) {
    return calls.checked(calls.call(ioctl, master, TIOCSIG, signal));
  }
}
