package dev.codexlsp.exec.local;

import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/// Calls of the system that may wait for a file system that hangs, and while they wait would hold a
/// carrier of virtual threads. So each runs on a platform thread that ends with it, so many at a
/// time; one whose caller has given up stays until the file system answers. Any thread may call it.
final class Searches {
  private final IntConsumer close;
  private final Semaphore threads;

  /// @param close for a descriptor that nobody waits for any more
  Searches(IntConsumer close, int mostAtOnce) {
    this.close = close;
    threads = new Semaphore(mostAtOnce);
  }

  /// @param look finds a descriptor, or a negated error number
  int find(IntSupplier look) throws InterruptedException {
    threads.acquire();
    Search search = new Search(look, close, threads);
    Thread thread = start(search);
    try {
      thread.join();
    } catch (InterruptedException interrupt) {
      search.abandon();
      throw interrupt;
    }
    return search.result();
  }

  private Thread start(Search search) {
    boolean started = false;
    try {
      Thread thread = Thread.ofPlatform().daemon().name("exec-path").start(search);
      started = true;
      return thread;
    } finally {
      if (!started) {
        // The thread would have given it back.
        threads.release();
      }
    }
  }
}
