package dev.codexlsp.exec.local;

import dev.codexlsp.exec.TerminalSize;

/// The terminal of one child, seen from before the screen. Owned by the launcher's thread.
///
/// It has a descriptor of its own beside those that are read and written: as long as this one is
/// open the child keeps its terminal, even when it has let go of all its standard streams.
///
/// @param path of the side that the child has
record Terminal(Libc libc, PtyCalls pty, int master, String path) {
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
    libc.close(master);
  }
}
