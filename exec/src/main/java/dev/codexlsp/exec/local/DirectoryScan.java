package dev.codexlsp.exec.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.function.Predicate;

/// Walks the folders below one, the shallow ones first and those of package managers last, without
/// following links, up to a number of folders. For one use.
///
/// It looks at names; only to find out which of them are folders it asks the disk about each, and
/// on file systems that count the folders in a folder it asks no more than it must.
final class DirectoryScan {
  private static final Set<String> LAST = Set.of("node_modules", ".cache", ".venv", "target");
  private static final int ITSELF_AND_PARENT = 2;

  private final ArrayDeque<Path> next = new ArrayDeque<>();
  private final ArrayDeque<Path> later = new ArrayDeque<>();
  private int left;

  /// Says what is to be done with a folder.
  interface Visitor {
    /// Returns which of the names to go into, if they are folders.
    ///
    /// @param names of everything in there
    Predicate<String> visit(Path folder, String[] names);
  }

  /// @param most folders to visit
  DirectoryScan(Path root, int most) {
    next.add(root);
    left = most;
  }

  /// Returns false when there were more folders than allowed.
  boolean walk(Visitor visitor) {
    while (!next.isEmpty() || !later.isEmpty()) {
      if (left-- == 0) {
        return false;
      }
      Path folder = next.isEmpty() ? later.remove() : next.remove();
      String[] names = folder.toFile().list();
      if (names != null) {
        descend(folder, names, visitor.visit(folder, names));
      }
    }
    return true;
  }

  private void descend(Path folder, String[] names, Predicate<String> wanted) {
    int folders = folders(folder);
    for (String name : names) {
      if (folders == 0) {
        return;
      }
      Path path = new File(folder.toFile(), name).toPath();
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        folders--;
        if (wanted.test(name)) {
          (LAST.contains(name) ? later : next).add(path);
        }
      }
    }
  }

  /// How many folders are in there at most.
  private static int folders(Path folder) {
    try {
      int links = (int) Files.getAttribute(folder, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
      return links < ITSELF_AND_PARENT ? Integer.MAX_VALUE : links - ITSELF_AND_PARENT;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return Integer.MAX_VALUE;
    }
  }
}
