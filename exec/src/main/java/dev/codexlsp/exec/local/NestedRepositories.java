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
/// long, so what was found is believed for [#GOOD_FOR], but only as long as each repository is
/// still where it was: a command may have moved one to have it unprotected the next time.
///
/// Any thread may call it; who comes while somebody looks waits.
final class NestedRepositories {
  private static final Duration GOOD_FOR = Duration.ofSeconds(30);

  /// In a folder with more, what lies deepest is not found.
  private static final int MOST_FOLDERS = 20_000;

  private static final int MOST_REMEMBERED = 64;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<Path, Found> known = new HashMap<>();

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
    boolean isGood() {
      return System.nanoTime() - at < GOOD_FOR.toNanos()
          && repositories.stream().allMatch(Repository::isThere);
    }
  }

  /// The folders of all repositories below one, itself included.
  List<Path> below(Path root) {
    lock.lock();
    try {
      @Nullable Found found = known.get(root);
      if (found == null || !found.isGood()) {
        if (known.size() >= MOST_REMEMBERED) {
          known.clear();
        }
        found = new Found(search(root), System.nanoTime());
        known.put(root, found);
      }
      return found.repositories().stream().map(Repository::folder).toList();
    } finally {
      lock.unlock();
    }
  }

  private static List<Repository> search(Path root) {
    List<Repository> found = new ArrayList<>();
    boolean _ =
        new DirectoryScan(root, MOST_FOLDERS)
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
    return found;
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
