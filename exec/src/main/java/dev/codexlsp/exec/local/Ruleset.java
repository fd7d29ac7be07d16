package dev.codexlsp.exec.local;

import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.sandbox.Landlock.Right;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// What one command may do with files, held by the kernel behind a descriptor. Any thread may call
/// it; closed once, when the command has been started or will not be.
final class Ruleset {
  private final LandlockCalls calls;
  private final int fd;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Ruleset(LandlockCalls calls, int fd) {
    this.calls = calls;
    this.fd = fd;
  }

  /// Waits for the disk, on a thread of its own.
  static Ruleset of(LandlockCalls calls, Map<Path, Right> allowed, boolean hasNetwork)
      throws SandboxUnavailableException, InterruptedException {
    int fd = new Searches(calls::close, 1).find(() -> make(calls, allowed, hasNetwork));
    if (fd < 0) {
      throw new SandboxUnavailableException("landlock: error " + -fd + " of the system");
    }
    return new Ruleset(calls, fd);
  }

  private static int make(LandlockCalls calls, Map<Path, Right> allowed, boolean hasNetwork) {
    int fd = calls.create(hasNetwork);
    if (fd < 0) {
      return fd;
    }
    for (Map.Entry<Path, Right> each : allowed.entrySet()) {
      int result = calls.allow(fd, each.getKey(), each.getValue());
      if (result < 0) {
        calls.close(fd);
        return result;
      }
    }
    return fd;
  }

  /// Adds the terminal that was made for the command, which no disk is asked for.
  ///
  /// @return 0, or a negated error number
  int allowTerminal(Path terminal) {
    return calls.allow(fd, terminal, Right.USE);
  }

  int fd() {
    return fd;
  }

  void close() {
    if (closed.compareAndSet(false, true)) {
      calls.close(fd);
    }
  }
}
