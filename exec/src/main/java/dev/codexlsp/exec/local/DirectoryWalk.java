package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.WalkEntry;
import dev.codexlsp.exec.FileSystem.WalkOptions;
import dev.codexlsp.exec.FileSystem.WalkResult;
import dev.codexlsp.exec.local.FileEntries.Entry;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// One walk: breadth first, the names of a directory in order, each directory once. It tells files
/// and directories; of links only those to directories, and only when it follows them. One thread,
/// one use.
///
/// What the limits count is what the original counts: directories that are read, and entries that
/// are looked at, whether they are told or not.
final class DirectoryWalk {
  /// Whatever is asked for: what is found lies in memory until the end.
  private static final int MOST_ENTRIES = 1_000_000;

  private final FileEntries files;
  private final WalkOptions options;
  private final ArrayDeque<Directory> pending = new ArrayDeque<>();
  private final Set<Object> visited = new HashSet<>();
  private final List<WalkEntry> found = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private int looked;

  private record Directory(Path path, int depth) {}

  DirectoryWalk(FileEntries files, WalkOptions options) throws FileException {
    if (options.maxDirectories() < 1 || options.maxEntries() < 1 || options.maxDepth() < 0) {
      throw new FileException(Kind.MISUSED, "filesystem walk limits must be greater than zero");
    }
    this.files = files;
    this.options = options;
  }

  /// What is no directory has nothing below it. A link is followed here, whatever the options say.
  WalkResult from(Path root) throws FileException, InterruptedException {
    BasicFileAttributes attributes = FileStep.on(root, () -> files.followed(root));
    if (attributes.isDirectory()) {
      remember(root, attributes);
      pending.add(new Directory(root, 0));
    }
    boolean complete = true;
    for (int read = 0; complete && !pending.isEmpty(); read++) {
      complete = read < options.maxDirectories() && readDirectory(pending.remove());
    }
    return new WalkResult(found, errors, !complete);
  }

  /// Returns false when the limit of entries ends the walk.
  private boolean readDirectory(Directory directory) throws InterruptedException {
    List<Entry> entries;
    try {
      entries = FileStep.on(directory.path(), () -> files.list(directory.path()));
    } catch (FileException failure) {
      errors.add(Objects.requireNonNull(failure.getMessage()));
      return true;
    }
    for (Entry entry : entries) {
      if (looked == Math.min(options.maxEntries(), MOST_ENTRIES)) {
        return false;
      }
      looked++;
      meet(directory, entry);
    }
    return true;
  }

  private void meet(Directory parent, Entry entry) throws InterruptedException {
    Path path = parent.path().resolve(entry.name());
    BasicFileAttributes attributes = entry.attributes();
    if (attributes.isRegularFile()) {
      found.add(new WalkEntry(path, FileSystem.Kind.FILE));
    } else if (attributes.isDirectory()) {
      meetDirectory(path, attributes, parent.depth() + 1);
    } else if (attributes.isSymbolicLink() && options.followDirectorySymlinks()) {
      follow(path, parent.depth() + 1);
    }
  }

  private void follow(Path link, int depth) throws InterruptedException {
    try {
      BasicFileAttributes target = FileStep.on(link, () -> files.followed(link));
      if (target.isDirectory()) {
        meetDirectory(link, target, depth);
      }
    } catch (FileException _) {
      // A link that leads nowhere, or nowhere that we may see, is no directory.
    }
  }

  private void meetDirectory(Path path, BasicFileAttributes attributes, int depth) {
    found.add(new WalkEntry(path, FileSystem.Kind.DIRECTORY));
    boolean pruned =
        options.pruneHiddenDirectories() && path.getFileName().toString().startsWith(".");
    if (!pruned && depth <= options.maxDepth() && remember(path, attributes)) {
      pending.add(new Directory(path, depth));
    }
  }

  /// Returns false when this directory, by whatever path, is read already or will be.
  private boolean remember(Path path, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return visited.add(key == null ? path : key);
  }
}
