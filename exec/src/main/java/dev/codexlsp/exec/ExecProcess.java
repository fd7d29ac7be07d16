package dev.codexlsp.exec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One running command, as its single consumer sees it.
///
/// The consumer reads events until [ProcessEvent.Closed]; while it does not read, the command is
/// held back by its own full pipe, so memory stays bounded. [#terminate] may be called from any
/// thread.
public interface ExecProcess {

  /// Waits for the next event in order. Null means that none came within the time given; after
  /// [ProcessEvent.Closed] there is none any more and the call returns null at once.
  @Nullable ProcessEvent next(Duration timeout) throws InterruptedException;

  /// Ends the whole process group: TERM, a grace of 500 ms, KILL. Returns at once and may be
  /// repeated; the events still tell how it ended. After [ProcessEvent.Closed] it does nothing:
  /// what a command that ended by itself has left in the background stays.
  void terminate();
}
