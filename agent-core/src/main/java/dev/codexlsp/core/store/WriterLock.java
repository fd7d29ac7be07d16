package dev.codexlsp.core.store;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.exec.local.AdvisoryLock;
import dev.codexlsp.exec.local.AdvisoryLock.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The right to write one thread, which the original's programs and ours grant each other.
///
/// The lock is an exclusive `flock` on `thread-writer-locks/THREAD.lock`. The file is removed with
/// the lock, and whoever starts may sweep away those that a killed process left behind; so that
/// nobody locks a file that is just being removed, `.coordination.lock` is held meanwhile: shared
/// by those who take a thread's lock, exclusively by those who remove files.
///
/// Belongs to the owner of the thread. The end of the process, however it comes, gives it up.
final class WriterLock implements AutoCloseable {
  /// Sweeping takes milliseconds; who holds the coordination lock longer is stopped or broken.
  private static final Duration COORDINATION_WAIT = Duration.ofSeconds(2);

  private final Path folder;
  private final Path file;
  private final AdvisoryLock lock;

  private WriterLock(Path folder, Path file, AdvisoryLock lock) {
    this.folder = folder;
    this.file = file;
    this.lock = lock;
  }

  /// @throws ThreadInUseException when somebody else writes the thread
  static WriterLock acquire(Path codexHome, ThreadId threadId) {
    Path folder = codexHome.resolve("thread-writer-locks");
    Path file = folder.resolve(threadId + ".lock");
    try {
      PrivateFolders.create(folder);
      try (AdvisoryLock _ =
          AdvisoryLock.acquire(coordination(folder), Mode.SHARED, COORDINATION_WAIT)) {
        AdvisoryLock lock = AdvisoryLock.tryAcquire(file, Mode.EXCLUSIVE);
        if (lock == null) {
          throw new ThreadInUseException(threadId);
        }
        return new WriterLock(folder, file, lock);
      }
    } catch (IOException e) {
      throw failure(file, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(file, "interrupted", e);
    }
  }

  private static Path coordination(Path folder) {
    return folder.resolve(".coordination.lock");
  }

  /// Removes the file too, unless others are busy with theirs: then it stays until somebody sweeps.
  @Override
  public void close() {
    try (AdvisoryLock alone = AdvisoryLock.tryAcquire(coordination(folder), Mode.EXCLUSIVE)) {
      lock.close();
      if (alone != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw failure(file, e.getMessage(), e);
    } finally {
      lock.close();
    }
  }

  private static StoreException failure(Path file, @Nullable String problem, Exception cause) {
    return new StoreException("cannot use the thread's lock " + file + ": " + problem, cause);
  }
}
