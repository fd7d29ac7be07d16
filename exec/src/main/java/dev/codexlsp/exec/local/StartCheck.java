package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.SystemError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells a failed step of a start in the words of one who wants to run a program.
///
/// @param name of the program, as it was asked for
record StartCheck(Libc libc, String name) {
  /// What may be 0, 1 or 2 in a server that was started without these: in the child, the first
  /// stream that is put in its place would overwrite it.
  static final int LOWEST = 3;

  /// Passes on what is no error.
  ///
  /// @param result a negated error number, or what was asked for
  int of(int result) throws ExecException {
    if (result == -Libc.EACCES) {
      throw new ExecException("permission denied: " + name, SystemError.DENIED);
    }
    if (result < 0) {
      String reason = libc.strerror(-result);
      String message = "cannot start " + name + ": " + reason.toLowerCase(Locale.ROOT);
      @Nullable SystemError error = SystemError.described(reason);
      throw error == null ? new ExecException(message) : new ExecException(message, error);
    }
    return result;
  }

  /// Moves a descriptor of ours out of the way of the standard streams.
  int lift(int fd) throws ExecException {
    if (fd >= LOWEST) {
      return fd;
    }
    int lifted = of(libc.fcntl(fd, Libc.F_DUPFD_CLOEXEC, LOWEST));
    libc.close(fd);
    return lifted;
  }
}
