package dev.codexlsp.core.thread;

/// Somebody who follows a thread.
public interface ThreadListener {

  /// Called on the thread's owner, in the order of the events. It may block the owner only by
  /// writing to the client's own stream.
  void onEvent(ThreadEvent event);
}
