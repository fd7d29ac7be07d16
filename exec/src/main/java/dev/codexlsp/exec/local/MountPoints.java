package dev.codexlsp.exec.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The empty folders that keep what is missing from being made: while a command runs, one lies at
/// each protected name that has nothing, and the command finds a mount on it.
///
/// Commands that run at once share them; the last one out removes them. A folder that somebody has
/// put something into meanwhile stays. When this process is killed they stay, empty. Any thread may
/// call it.
final class MountPoints {
  /// No process.
  static final int NOBODY = 0;

  private static final Duration END_LIMIT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<Path, Integer> users = new HashMap<>();

  /// The share of one command. Given back once.
  final class Lease {
    private final List<Path> paths;

    private Lease(List<Path> paths) {
      this.paths = List.copyOf(paths);
    }

    /// To be called when nothing of the command is left. Returns at once; the folders go a moment
    /// later, when those inside have really gone, as they could make what was missing.
    ///
    /// @param firstInside the process with which all others of the command end;
    ///   [MountPoints#NOBODY] for none
    void giveBack(int firstInside) {
      if (!paths.isEmpty()) {
        Thread.ofVirtual()
            .name("exec-mount-points")
            .start(() -> {
              awaitEnd(firstInside);
              release(paths);
            });
      }
    }
  }

  private static void awaitEnd(int pid) {
    ProcessTable.@Nullable Entry first = pid == NOBODY ? null : ProcessTable.entry(pid);
    long end = System.nanoTime() + END_LIMIT.toNanos();
    while (first != null && System.nanoTime() < end && first.isSameAs(ProcessTable.entry(pid))) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /// Whether what is there by this name is one of these folders, and to be taken as missing.
  boolean contains(Path path) {
    lock.lock();
    try {
      return users.containsKey(path);
    } finally {
      lock.unlock();
    }
  }

  /// Makes the folders that are not there.
  ///
  /// @return null when something else has come to be by one of the names, so that one must look
  ///   again
  /// @throws IOException when one could not be made
  @Nullable Lease take(List<Path> paths) throws IOException {
    List<Path> taken = new ArrayList<>();
    boolean complete = false;
    lock.lock();
    try {
      for (Path path : paths) {
        if (!users.containsKey(path)) {
          Files.createDirectory(path);
        }
        users.merge(path, 1, Integer::sum);
        taken.add(path);
      }
      complete = true;
      return new Lease(taken);
    } catch (FileAlreadyExistsException _) {
      return null;
    } finally {
      lock.unlock();
      if (!complete) {
        release(taken);
      }
    }
  }

  private void release(List<Path> paths) {
    lock.lock();
    try {
      for (Path path : paths) {
        @Nullable Integer count = users.remove(path);
        if (count != null && count > 1) {
          users.put(path, count - 1);
        } else if (count != null) {
          remove(path);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Nobody runs any more: removes what is left.
  void close() {
    lock.lock();
    try {
      users.keySet().forEach(MountPoints::remove);
      users.clear();
    } finally {
      lock.unlock();
    }
  }

  private static void remove(Path path) {
    try {
      // Fails if it is not empty, or not a folder any more and not ours.
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException _) {
      // Somebody has made it his own.
    }
  }
}
