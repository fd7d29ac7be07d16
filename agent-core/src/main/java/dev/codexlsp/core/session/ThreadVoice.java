package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.ThreadEvent;

/// What a thread says of itself. Confined to the owner.
final class ThreadVoice {
  private static final System.Logger LOG = System.getLogger(ThreadVoice.class.getName());

  private final ThreadState state;
  private final PendingRequests requests;
  private final Audience audience;

  ThreadVoice(ThreadState state, PendingRequests requests, Audience audience) {
    this.state = state;
    this.requests = requests;
    this.audience = audience;
  }

  void tell(ThreadEvent event) {
    audience.tell(event);
  }

  /// Says how the thread stands, unless everybody knows.
  void tellStatus(boolean isRunning) {
    if (state.isNewStatus(isRunning, requests.flags())) {
      audience.tellEverybody(new ThreadEvent.ThreadStatusChanged(state.id(), state.status()));
    }
  }

  /// Says what the next turn will run with, unless that is what it was.
  void tellSettings(ThreadSettings before) {
    ThreadSettings now = state.settings();
    if (!now.equals(before)) {
      audience.tell(new SettingsUpdated(state.id(), now));
    }
  }

  /// A turn whose end cannot be written has still ended, and its client must hear so.
  static void storeAnyway(String what, Runnable write) {
    try {
      write.run();
    } catch (RuntimeException unwritable) {
      LOG.log(System.Logger.Level.ERROR, what + " is not stored", unwritable);
    }
  }
}
