package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import dev.codexlsp.exec.local.FileEntries.Entry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

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

  /// Copies what is there by this name.
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
    Path parent = Objects.requireNonNullElse(destination.getParent(), destination);
    Path to = FileStep.on(destination, () -> files.canonical(parent));
    if (to.resolve(parent.relativize(destination)).startsWith(from)) {
      throw new FileException(
          Kind.MISUSED,
          "a directory cannot be copied into itself: " + source + " to " + destination);
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
    FileStep.run(destination, () -> files.createDirectory(destination));
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
