package dev.codexlsp.server;

import dev.codexlsp.core.Codex;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes the agent at its first use, by the reader thread or by the warm-up after `initialized`, whichever comes first.
final class LazyCodex implements Supplier<Codex>, AutoCloseable {
  private final Supplier<Codex> maker;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable Codex codex;
  private boolean isClosed;

  LazyCodex(Supplier<Codex> maker) {
    this.maker = maker;
  }

  @Override
  public Codex get() {
    lock.lock();
    try {
      if (isClosed) {
        throw new IllegalStateException("the server is ending");
      }
      if (codex == null) {
        codex = maker.get();
      }
      return codex;
    } finally {
      lock.unlock();
    }
  }

  /// Loads what the first thread and the first turn need.
  void warmUp() {
    get().warmUp();
  }

  @Override
  public void close() {
    Codex made;
    lock.lock();
    try {
      isClosed = true;
      made = codex;
    } finally {
      lock.unlock();
    }
    if (made != null) {
      made.close();
    }
  }
}
