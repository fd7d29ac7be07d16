package dev.codexlsp.exec;

import dev.codexlsp.exec.sandbox.Rung;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One running command, as its single consumer sees it.
///
/// The consumer reads events until the [last one][ProcessEvent.Last]; while it does not read, the
/// command is held back by its own full pipe (in another place only for a while), so memory stays
/// bounded. Everything but [#next] may be called from any thread, and does nothing once the process
/// has ended.
public interface ExecProcess {

  /// What keeps it in its limits; null when it has none, or nobody here can tell.
  default @Nullable Rung rung() {
    return null;
  }

  /// Waits for the next event in order. Null means that none came within the time given; after the
  /// last event there is none any more and the call returns null at once.
  @Nullable ProcessEvent next(Duration timeout) throws InterruptedException;

  /// Gives the process something to read, all of it and in order. Waits while a bounded amount that
  /// it has not read yet lies before it. What comes after its end is dropped.
  ///
  /// @return false when the process has no input to write to
  boolean write(ByteBuffer bytes) throws InterruptedException;

  /// Tells a process at a terminal that the terminal has another size.
  void resize(TerminalSize size);

  /// What Ctrl-C does: INT to the whole process group.
  void interrupt();

  /// Ends the whole process group: TERM, a grace of 500 ms, KILL. Returns at once and may be
  /// repeated; the events still tell how it ended. After the last event it does nothing: what a
  /// command that ended by itself has left in the background stays.
  void terminate();
}
