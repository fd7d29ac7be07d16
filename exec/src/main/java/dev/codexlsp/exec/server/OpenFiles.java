package dev.codexlsp.exec.server;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem.OpenFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files that a client has open on one connection; they do not outlive it. Any worker of the
/// connection may call it.
final class OpenFiles implements AutoCloseable {
  static final int LIMIT = 128;

  /// Of the id of a handle, in bytes.
  private static final int ID_LIMIT = 32;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<String, Handle> handles = new HashMap<>();
  private boolean closed;

  /// A file, which one thread at a time may use. It is closed when nobody uses it any more, because
  /// a write must not be cut in two.
  private static final class Handle {
    private final OpenFile file;
    private final ReentrantLock inUse = new ReentrantLock();
    private volatile boolean unwanted;

    Handle(OpenFile file) {
      this.file = file;
    }

    <T> T use(Use<T> use) throws FileException, InterruptedException {
      inUse.lockInterruptibly();
      try {
        return use.with(file);
      } finally {
        inUse.unlock();
        closeIfUnwanted();
      }
    }

    void close() {
      unwanted = true;
      closeIfUnwanted();
    }

    /// Whoever uses it now looks again when it has done.
    private void closeIfUnwanted() {
      if (unwanted && inUse.tryLock()) {
        try {
          file.close();
        } finally {
          inUse.unlock();
        }
      }
    }
  }

  /// Opens a file.
  interface Opener {
    OpenFile open() throws FileException, InterruptedException;
  }

  /// Does something with an open file.
  interface Use<T> {
    T with(OpenFile file) throws FileException, InterruptedException;
  }

  void open(String id, Opener opener) throws Refused, FileException, InterruptedException {
    checkLength(id);
    requireFree(id);
    OpenFile file = opener.open();
    lock.lock();
    try {
      if (closed || handles.size() >= LIMIT) {
        file.close();
        throw Refused.invalidRequest(
            "at most " + LIMIT + " file handles may be open per connection");
      }
      if (handles.putIfAbsent(id, new Handle(file)) != null) {
        file.close();
        throw exists(id);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void checkLength(String id) throws Refused {
    if (id.getBytes(StandardCharsets.UTF_8).length > ID_LIMIT) {
      throw Refused.invalidRequest("file handle ID must not exceed " + ID_LIMIT + " bytes");
    }
  }

  private void requireFree(String id) throws Refused {
    lock.lock();
    try {
      if (handles.containsKey(id)) {
        throw exists(id);
      }
    } finally {
      lock.unlock();
    }
  }

  private static Refused exists(String id) {
    return Refused.invalidRequest("file handle `" + id + "` already exists");
  }

  <T> T use(String id, Use<T> use) throws Refused, FileException, InterruptedException {
    checkLength(id);
    @Nullable Handle handle;
    lock.lock();
    try {
      handle = handles.get(id);
    } finally {
      lock.unlock();
    }
    if (handle == null) {
      throw Refused.notFound("unknown file handle `" + id + "`");
    }
    return handle.use(use);
  }

  /// Closes a file, if there is one.
  void close(String id) throws Refused {
    checkLength(id);
    @Nullable Handle handle;
    lock.lock();
    try {
      handle = handles.remove(id);
    } finally {
      lock.unlock();
    }
    if (handle != null) {
      handle.close();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      handles.values().forEach(Handle::close);
      handles.clear();
    } finally {
      lock.unlock();
    }
  }
}
