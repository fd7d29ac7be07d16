package dev.codexlsp.server.headless;

import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.thread.ThreadEvent;

/// What the caller gets to see. Called by one thread at a time.
interface Display {

  /// Before everything else.
  void opened(OpenedThread thread, String prompt);

  void event(ThreadEvent event);

  /// False as soon as what is shown reaches nobody for whom the turn runs.
  boolean isHeard();

  /// There will be no turn.
  void refused(String reason);
}
