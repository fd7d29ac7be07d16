package dev.codexlsp.exec.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Finds the repositories of git below writable folders. Looking through a large workspace takes
/// long, so what was found is believed as long as each repository is still where it was: a command
/// may have moved one to have it unprotected the next time. What is new is found by looking again
/// in the background, once the last look is older than [#GOOD_FOR].
///
/// Any thread may call it; who needs the first look waits for it.
final class NestedRepositories {
  private static final Duration GOOD_FOR = Duration.ofSeconds(30);

  private static final int MOST_REMEMBERED = 64;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<Path, Found> known = new HashMap<>();
  private boolean isLookingAgain;

  /// A folder with a `.git` in it, or one that is itself the inside of a repository.
  ///
  /// @param marker what makes it one
  /// @param key of the marker on the disk
  private record Repository(Path folder, Path marker, @Nullable Object key) {
    boolean isThere() {
      return Objects.equals(key, keyOf(marker));
    }
  }

  private record Found(List<Repository> repositories, long at) {
    boolean isTrue() {
      return repositories.stream().allMatch(Repository::isThere);
    }

    List<@Nullable Object> keys() {
      return repositories.stream().<@Nullable Object>map(Repository::key).toList();
    }

    boolean isOld() {
      return System.nanoTime() - at > GOOD_FOR.toNanos();
    }
  }

  /// The folders of all repositories below one, itself included.
  ///
  /// @param mostFolders to look into; what lies deepest in a folder with more is not found
  List<Path> below(Path root, int mostFolders) {
    lock.lock();
    try {
      @Nullable Found found = known.get(root);
      if (found == null || !found.isTrue()) {
        if (known.size() >= MOST_REMEMBERED) {
          known.clear();
        }
        found = search(root, mostFolders);
        known.put(root, found);
      } else if (found.isOld() && !isLookingAgain) {
        isLookingAgain = true;
        Thread.ofVirtual().name("exec-repositories").start(() -> lookAgain(root, mostFolders));
      }
      return found.repositories().stream().map(Repository::folder).toList();
    } finally {
      lock.unlock();
    }
  }

  private void lookAgain(Path root, int mostFolders) {
    @Nullable Found found = null;
    try {
      found = search(root, mostFolders);
    } finally {
      lock.lock();
      try {
        isLookingAgain = false;
        @Nullable Found before = known.remove(root);
        // One that is not found again is on its way somewhere: the next command looks itself.
        if (found != null && before != null && found.keys().containsAll(before.keys())) {
          known.put(root, found);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private static Found search(Path root, int mostFolders) {
    List<Repository> found = new ArrayList<>();
    boolean _ =
        new DirectoryScan(root, mostFolders)
            .walk((folder, names) -> {
              List<String> all = Arrays.asList(names);
              if (all.contains(".git")) {
                add(folder, ".git", found);
              } else if (all.containsAll(List.of("HEAD", "objects", "refs", "config"))) {
                add(folder, "HEAD", found);
                return _ -> false;
              }
              return name -> !name.equals(".git");
            });
    return new Found(List.copyOf(found), System.nanoTime());
  }

  private static void add(Path folder, String marker, List<Repository> found) {
    Path path = folder.resolve(marker);
    found.add(new Repository(folder, path, keyOf(path)));
  }

  private static @Nullable Object keyOf(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException _) {
      return null;
    }
  }
}
