package dev.codexlsp.server;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes something at its first use, the agent above all: an editor starts the server with every
/// folder, and most of them are closed again without a question.
final class Lazy<T> implements Supplier<T>, AutoCloseable {
  private final Supplier<T> maker;
  private final Consumer<T> closer;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable T made;
  private boolean isClosed;

  Lazy(Supplier<T> maker, Consumer<T> closer) {
    this.maker = maker;
    this.closer = closer;
  }

  @Override
  public T get() {
    lock.lock();
    try {
      if (isClosed) {
        throw new IllegalStateException("the server is ending");
      }
      if (made == null) {
        made = maker.get();
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  /// Closes what has been made, and makes nothing any more.
  @Override
  public void close() {
    @Nullable T toClose;
    lock.lock();
    try {
      isClosed = true;
      toClose = made;
    } finally {
      lock.unlock();
    }
    if (toClose != null) {
      closer.accept(toClose);
    }
  }
}
