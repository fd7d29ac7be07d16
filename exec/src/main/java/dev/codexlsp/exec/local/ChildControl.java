package dev.codexlsp.exec.local;

import dev.codexlsp.exec.TerminalSize;

/// What can be done to a child from outside. Any thread may call it, none of it waits, and after
/// the end of the child it does nothing.
interface ChildControl {
  /// Only for a child at a terminal; for others it does nothing.
  void resize(TerminalSize size);

  void interrupt();

  /// Called once at most.
  void terminate();
}
