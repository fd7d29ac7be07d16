package dev.codexlsp.exec.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The virtual threads that work for one connection, and end with it.
final class Crew {
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean dismissed;

  /// @param work ends when it is interrupted
  void start(String name, Runnable work) {
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(() -> {
              try {
                work.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            });
    threads.add(thread);
    thread.start();
    // Whoever dismissed meanwhile may not have seen it.
    if (dismissed) {
      thread.interrupt();
    }
  }

  void dismiss() {
    dismissed = true;
    threads.forEach(Thread::interrupt);
  }
}
