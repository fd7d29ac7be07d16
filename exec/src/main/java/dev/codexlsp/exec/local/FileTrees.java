package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import dev.codexlsp.exec.local.FileEntries.Entry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes and copies directories with all they hold, name by name, so that a directory that is
/// replaced by a link meanwhile does not lead elsewhere unnoticed: each step asks the [Places]
/// again. Links are removed and copied, never followed. Any thread may call it; it stops between
/// two names when it is interrupted, and what was done until then stays done.
final class FileTrees {
  private static final long PIECE = 8 * 1024 * 1024;

  private final FileEntries files;

  FileTrees(FileEntries files) {
    this.files = files;
  }

  void remove(Path path) throws FileException, InterruptedException {
    BasicFileAttributes attributes = FileStep.on(path, () -> files.named(path));
    if (attributes.isDirectory()) {
      removeEntries(path);
    }
    FileStep.run(path, () -> files.delete(path));
  }

  private void removeEntries(Path directory) throws FileException, InterruptedException {
    boolean more = true;
    while (more) {
      List<Entry> some = FileStep.on(directory, () -> files.some(directory));
      boolean any = false;
      for (Entry entry : some) {
        any |= removeIfThere(directory.resolve(entry.name()));
      }
      // As long as it gets somewhere: a system may list what it then does not find.
      more = any && some.size() == FileEntries.LIST_LIMIT;
    }
  }

  private boolean removeIfThere(Path path) throws FileException, InterruptedException {
    try {
      remove(path);
      return true;
    } catch (FileException failure) {
      if (failure.kind() != Kind.NOT_FOUND) {
        throw failure;
      }
      return false;
    }
  }

  /// Does nothing when it is there.
  void createWithParents(Path directory) throws IOException, FileException, InterruptedException {
    ArrayDeque<Path> missing = new ArrayDeque<>();
    for (@Nullable Path at = directory; at != null && !isMade(at); at = at.getParent()) {
      missing.push(at);
    }
    // Each once more: there are folders of the system in which nothing can ever be made.
    for (Path at : missing) {
      if (!isMade(at)) {
        throw new NoSuchFileException(at.toString());
      }
    }
  }

  /// True when the directory is there, or could be created; false when it has no parent.
  private boolean isMade(Path directory) throws IOException, FileException, InterruptedException {
    if (isDirectory(directory)) {
      return true;
    }
    try {
      files.createDirectory(directory);
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } catch (FileAlreadyExistsException failure) {
      // Somebody else may have been faster.
      if (isDirectory(directory)) {
        return true;
      }
      throw failure;
    }
  }

  private boolean isDirectory(Path path) throws IOException, FileException, InterruptedException {
    try {
      return files.followed(path).isDirectory();
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// Copies what is there by this name, a directory also into one that is there.
  void copy(Path source, Path destination, boolean recursive)
      throws FileException, InterruptedException {
    BasicFileAttributes attributes = FileStep.on(source, () -> files.named(source));
    if (attributes.isDirectory()) {
      if (!recursive) {
        throw new FileException(Kind.MISUSED, "a directory is only copied recursively: " + source);
      }
      checkNotWithin(source, destination);
    } else if (attributes.isOther()) {
      throw FileEntries.notAFile(source);
    } else if (attributes.isRegularFile()) {
      checkNotTheSame(source, attributes, destination);
    }
    copy(source, attributes, destination);
  }

  private void checkNotWithin(Path source, Path destination)
      throws FileException, InterruptedException {
    Path from = FileStep.on(source, () -> files.canonical(source));
    if (canonical(destination).startsWith(from)) {
      throw new FileException(
          Kind.MISUSED,
          "a directory cannot be copied into itself: " + source + " to " + destination);
    }
  }

  /// The same for a path whose last names need not be there.
  private Path canonical(Path path) throws FileException, InterruptedException {
    try {
      return FileStep.on(path, () -> files.canonical(path));
    } catch (FileException failure) {
      @Nullable Path parent = path.getParent();
      if (failure.kind() != Kind.NOT_FOUND || parent == null) {
        throw failure;
      }
      return canonical(parent).resolve(parent.relativize(path));
    }
  }

  /// Opening the destination would empty the source.
  private void checkNotTheSame(Path source, BasicFileAttributes attributes, Path destination)
      throws FileException, InterruptedException {
    try {
      Object there = FileStep.on(destination, () -> files.followed(destination)).fileKey();
      if (there != null && there.equals(attributes.fileKey())) {
        throw new FileException(
            Kind.MISUSED, "a file cannot be copied to itself: " + source + " to " + destination);
      }
    } catch (FileException failure) {
      if (failure.kind() != Kind.NOT_FOUND) {
        throw failure;
      }
    }
  }

  /// Special files in a directory are left out: they have nothing that could be copied.
  private void copy(Path source, BasicFileAttributes attributes, Path destination)
      throws FileException, InterruptedException {
    if (attributes.isSymbolicLink()) {
      FileStep.run(destination, () -> files.copyLink(source, destination));
    } else if (attributes.isDirectory()) {
      copyDirectory(source, destination);
    } else if (attributes.isRegularFile()) {
      copyFile(source, destination);
    }
  }

  private void copyDirectory(Path source, Path destination)
      throws FileException, InterruptedException {
    List<Entry> entries = FileStep.on(source, () -> files.list(source));
    FileStep.run(destination, () -> createWithParents(destination));
    for (Entry entry : entries) {
      copy(source.resolve(entry.name()), entry.attributes(), destination.resolve(entry.name()));
    }
  }

  private void copyFile(Path source, Path destination) throws FileException, InterruptedException {
    try (FileChannel from = FileStep.on(source, () -> files.openToRead(source));
        FileChannel to = FileStep.on(destination, () -> files.openToReplace(destination))) {
      FileStep.run(destination, () -> copyBytes(from, to));
      FileStep.run(destination, () -> files.copyPermissions(source, destination));
    } catch (IOException failure) {
      throw new FileException(Kind.FAILED, "could not be closed: " + destination, failure);
    }
  }

  /// The kernel copies without our memory where it can. A source that is cut short meanwhile ends
  /// the copy.
  private static void copyBytes(FileChannel from, FileChannel to) throws IOException {
    long at = 0;
    long count;
    do {
      count = from.transferTo(at, PIECE, to);
      at += count;
    } while (count > 0);
  }
}
