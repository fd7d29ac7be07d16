package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.local.FileEntries.Entry;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of this machine, by the JDK. Any thread may call it; it waits for the disk on that
/// thread.
public final class LocalFiles implements FileSystem {
  private final FileEntries entries;
  private final FileTrees trees;

  /// All that the system lets this process touch.
  public LocalFiles() {
    this(new PlainPlaces());
  }

  /// What lies below the roots, and nothing that a link leads to.
  ///
  /// @throws FileException when this system cannot keep anybody to that
  public static FileSystem within(FileRoots roots) throws FileException {
    return within((Reach) roots);
  }

  static FileSystem within(Reach reach) throws FileException {
    @Nullable PathCalls calls = PathCalls.load();
    if (calls == null) {
      throw new FileException(
          FileException.Kind.FAILED, "files cannot be confined on this system: no openat2");
    }
    return new LocalFiles(new ConfinedPlaces(calls, reach));
  }

  LocalFiles(Places places) {
    entries = new FileEntries(places);
    trees = new FileTrees(entries);
  }

  @Override
  public ByteBuffer read(Path file) throws FileException, InterruptedException {
    ByteBuffer bytes =
        FileStep.on(
            file,
            () -> {
              try (FileChannel channel = entries.openToRead(file)) {
                checkWhole(file, channel.size());
                return FileBytes.readWhole(channel, (int) WHOLE_FILE_LIMIT);
              } catch (OutOfMemoryError failure) {
                // The one array that did not fit is the only thing that is lost by it.
                throw new FileException(
                    FileException.Kind.FAILED, "not enough memory to read: " + file, failure);
              }
            });
    // It may have grown, or its size may have been none of the truth.
    checkWhole(file, bytes.remaining());
    return bytes;
  }

  @Override
  public void write(Path file, ByteBuffer bytes) throws FileException, InterruptedException {
    checkWhole(file, bytes.remaining());
    FileStep.run(
        file,
        () -> {
          try (FileChannel channel = entries.openToReplace(file)) {
            FileBytes.write(channel, 0, bytes.duplicate());
          }
        });
  }

  private static void checkWhole(Path file, long size) throws FileException {
    if (size > WHOLE_FILE_LIMIT) {
      throw new FileException(
          FileException.Kind.MISUSED,
          "file is larger than " + WHOLE_FILE_LIMIT + " bytes: " + file);
    }
  }

  @Override
  public OpenFile open(Path file, OpenMode mode) throws FileException, InterruptedException {
    FileChannel channel =
        FileStep.on(
            file,
            () ->
                switch (mode) {
                  case READ -> entries.openToRead(file);
                  case REPLACE -> entries.openToReplace(file);
                });
    return new LocalOpenFile(file, channel);
  }

  @Override
  public void createDirectory(Path directory, boolean parents)
      throws FileException, InterruptedException {
    FileStep.run(
        directory,
        () -> {
          if (parents) {
            trees.createWithParents(directory);
          } else {
            entries.createDirectory(directory);
          }
        });
  }

  @Override
  public FileMetadata metadata(Path path) throws FileException, InterruptedException {
    return FileStep.on(
        path,
        () -> {
          boolean link = entries.named(path).isSymbolicLink();
          BasicFileAttributes attributes = entries.followed(path);
          return new FileMetadata(
              attributes.isDirectory(),
              attributes.isRegularFile(),
              link,
              attributes.size(),
              attributes.creationTime().toMillis(),
              attributes.lastModifiedTime().toMillis());
        });
  }

  @Override
  public Path canonicalize(Path path) throws FileException, InterruptedException {
    return FileStep.on(path, () -> entries.canonical(path));
  }

  @Override
  public List<DirectoryEntry> list(Path directory) throws FileException, InterruptedException {
    List<DirectoryEntry> told = new ArrayList<>();
    for (Entry entry : FileStep.on(directory, () -> entries.list(directory))) {
      @Nullable BasicFileAttributes attributes = followed(directory, entry);
      if (attributes != null) {
        told.add(
            new DirectoryEntry(
                entry.name().toString(), attributes.isDirectory(), attributes.isRegularFile()));
      }
    }
    return told;
  }

  /// Null for a link that leads nowhere, or nowhere that we may see: it is not told.
  private @Nullable BasicFileAttributes followed(Path directory, Entry entry)
      throws InterruptedException {
    if (!entry.attributes().isSymbolicLink()) {
      return entry.attributes();
    }
    Path link = directory.resolve(entry.name());
    try {
      return FileStep.on(link, () -> entries.followed(link));
    } catch (FileException _) {
      return null;
    }
  }

  @Override
  public WalkResult walk(Path directory, WalkOptions options)
      throws FileException, InterruptedException {
    return new DirectoryWalk(entries, options).from(directory);
  }

  @Override
  public void remove(Path path, boolean recursive, boolean force)
      throws FileException, InterruptedException {
    try {
      if (recursive) {
        trees.remove(path);
      } else {
        FileStep.run(path, () -> entries.delete(path));
      }
    } catch (FileException failure) {
      if (!force || failure.kind() != FileException.Kind.NOT_FOUND) {
        throw failure;
      }
    }
  }

  @Override
  public void copy(Path source, Path destination, boolean recursive)
      throws FileException, InterruptedException {
    trees.copy(source, destination, recursive);
  }
}
