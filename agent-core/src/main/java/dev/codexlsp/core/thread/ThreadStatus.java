package dev.codexlsp.core.thread;

import java.util.List;

/// What a thread is doing right now.
public sealed interface ThreadStatus {

  /// Why an active thread waits for a human.
  enum ActiveFlag {
    WAITING_ON_APPROVAL,
    WAITING_ON_USER_INPUT
  }

  record Idle() implements ThreadStatus {}

  record Active(List<ActiveFlag> activeFlags) implements ThreadStatus {
    public Active {
      activeFlags = List.copyOf(activeFlags);
    }
  }

  /// The last turn ended by a final failure of the model; the next turn clears it.
  record SystemError() implements ThreadStatus {}
}
