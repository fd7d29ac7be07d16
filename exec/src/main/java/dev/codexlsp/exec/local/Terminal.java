package dev.codexlsp.exec.local;

import dev.codexlsp.exec.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The terminal of one child, seen from before the screen. Owned by the launcher's thread.
///
/// It has a descriptor of its own beside those that are read and written: as long as this one is
/// open the child keeps its terminal, even when it has let go of all its standard streams, and
/// nobody else is given the same path.
final class Terminal {
  private final Libc libc;
  private final PtyCalls pty;
  private final int master;
  private final Path path;

  /// Device and number of the file. The path alone is not enough: every container has terminals of
  /// its own, which are called the same.
  private final @Nullable Object key;

  private boolean open = true;

  /// @param path of the side that the child has
  Terminal(Libc libc, PtyCalls pty, int master, Path path) {
    this.libc = libc;
    this.pty = pty;
    this.master = master;
    this.path = path;
    key = key(path);
  }

  private static @Nullable Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException _) {
      return null;
    }
  }

  /// What `/proc` calls it, at the ends of whoever holds it; null when it is closed.
  @Nullable String name() {
    return open ? path.toString() : null;
  }

  /// Whether a link of `/proc/PID/fd` that reads like [#name] leads to this terminal.
  boolean isBehind(Path link) {
    return open && key != null && key.equals(key(link));
  }

  /// The programs in front are told by SIGWINCH.
  void resize(TerminalSize size) {
    // Of what can be refused here nothing can be repaired.
    int _ = pty.resize(master, size);
  }

  /// What the terminal does at Ctrl-C, whatever keys the child has chosen: INT to the group in
  /// front, which need not be that of the child.
  void interrupt() {
    int _ = pty.signal(master, Libc.SIGINT);
  }

  void close() {
    open = false;
    libc.close(master);
  }
}
