package dev.codexlsp.server;

import dev.codexlsp.core.Codex;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes the agent at its first use: an editor starts the server with every folder, and most of
/// them are closed again without a question.
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
