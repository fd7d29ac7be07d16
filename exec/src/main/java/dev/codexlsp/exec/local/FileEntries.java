package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import dev.codexlsp.exec.SystemError;
import dev.codexlsp.exec.local.Places.Access;
import dev.codexlsp.exec.local.Places.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The single steps of which operations on files are made, each of them on one name. Every path
/// goes through the [Places] before the JDK sees it. Any thread may call it.
///
/// Only ordinary files are opened: a pipe or a terminal would make the caller wait for somebody
/// else.
final class FileEntries {
  /// The names of a directory are all in memory before the first is told.
  static final int LIST_LIMIT = 100_000;

  private static final int CREATION_ATTEMPTS = 3;

  private final Places places;

  FileEntries(Places places) {
    this.places = places;
  }

  /// One name in a directory, links not followed.
  ///
  /// @param name not as text: there are names that no text stands for
  record Entry(Path name, BasicFileAttributes attributes) {}

  FileChannel openToRead(Path file) throws IOException, FileException, InterruptedException {
    try (Place place = places.existing(file, Access.READ)) {
      if (!attributes(place).isRegularFile()) {
        throw notAFile(file);
      }
      return FileChannel.open(place.path(), StandardOpenOption.READ);
    }
  }

  /// What is there is emptied, what is not is created; in between, others may create and remove.
  FileChannel openToReplace(Path file) throws IOException, FileException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return openExisting(file);
      } catch (NoSuchFileException _) {
        try (Place name = places.name(file, Access.WRITE)) {
          return FileChannel.open(name.path(), places.creation());
        } catch (FileAlreadyExistsException failure) {
          if (attempt == CREATION_ATTEMPTS) {
            throw failure;
          }
        }
      }
    }
  }

  private FileChannel openExisting(Path file)
      throws IOException, FileException, InterruptedException {
    try (Place place = places.existing(file, Access.WRITE)) {
      BasicFileAttributes attributes = attributes(place);
      if (attributes.isDirectory()) {
        throw new FileException(Kind.FAILED, "is a directory: " + file, SystemError.A_DIRECTORY);
      }
      if (!attributes.isRegularFile()) {
        throw notAFile(file);
      }
      return FileChannel.open(
          place.path(), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }
  }

  static FileException notAFile(Path path) {
    return new FileException(Kind.MISUSED, "path `" + path + "` is not a file");
  }

  void createDirectory(Path path) throws IOException, FileException, InterruptedException {
    try (Place name = places.name(path, Access.WRITE)) {
      Files.createDirectory(name.path());
    }
  }

  /// Removes a file, a link or an empty directory.
  void delete(Path path) throws IOException, FileException, InterruptedException {
    try (Place name = places.name(path, Access.WRITE)) {
      Files.delete(name.path());
    }
  }

  void copyLink(Path source, Path destination)
      throws IOException, FileException, InterruptedException {
    Path target;
    try (Place name = places.name(source, Access.READ)) {
      target = Files.readSymbolicLink(name.path());
    }
    try (Place name = places.name(destination, Access.WRITE)) {
      Files.createSymbolicLink(name.path(), target);
    }
  }

  /// Gives a file the permissions of another one, where the system has such.
  void copyPermissions(Path source, Path destination)
      throws IOException, FileException, InterruptedException {
    try (Place from = places.existing(source, Access.READ);
        Place to = places.existing(destination, Access.WRITE)) {
      @Nullable PosixFileAttributeView view = permissions(from);
      @Nullable PosixFileAttributeView copy = permissions(to);
      if (view != null && copy != null) {
        copy.setPermissions(view.readAttributes().permissions());
      }
    }
  }

  private static @Nullable PosixFileAttributeView permissions(Place place) {
    return Files.getFileAttributeView(place.path(), PosixFileAttributeView.class);
  }

  /// What the path leads to.
  BasicFileAttributes followed(Path path) throws IOException, FileException, InterruptedException {
    try (Place place = places.existing(path, Access.READ)) {
      return attributes(place);
    }
  }

  /// What is there by this name, a link included.
  BasicFileAttributes named(Path path) throws IOException, FileException, InterruptedException {
    try (Place name = places.name(path, Access.READ)) {
      return notFollowed(name.path());
    }
  }

  Path canonical(Path path) throws IOException, FileException, InterruptedException {
    return places.canonical(path);
  }

  /// The entries of a directory, sorted by name; those that vanish meanwhile are left out.
  List<Entry> list(Path directory) throws IOException, FileException, InterruptedException {
    List<Entry> entries = list(directory, LIST_LIMIT + 1);
    if (entries.size() > LIST_LIMIT) {
      String limit = "directory has more than " + LIST_LIMIT + " entries: ";
      throw new FileException(Kind.MISUSED, limit + directory);
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  /// All entries of a directory, but no more than the limit for lists.
  List<Entry> some(Path directory) throws IOException, FileException, InterruptedException {
    return list(directory, LIST_LIMIT);
  }

  private List<Entry> list(Path directory, int limit)
      throws IOException, FileException, InterruptedException {
    try (Place place = places.existing(directory, Access.READ)) {
      if (!attributes(place).isDirectory()) {
        // The JDK would open it to find that out, which waits if it is a pipe.
        throw new NotDirectoryException(directory.toString());
      }
      return entries(place, limit);
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
  }

  private static List<Entry> entries(Place place, int limit)
      throws IOException, InterruptedException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(place.path())) {
      Iterator<Path> each = names.iterator();
      while (entries.size() < limit && each.hasNext()) {
        add(each.next(), entries);
      }
    }
    return entries;
  }

  private static void add(Path path, List<Entry> entries) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      entries.add(new Entry(path.getFileName(), notFollowed(path)));
    } catch (NoSuchFileException _) {
      // Removed between its name and its attributes.
    }
  }

  private static BasicFileAttributes attributes(Place place) throws IOException {
    return attributes(place.path());
  }

  private static BasicFileAttributes notFollowed(Path path) throws IOException {
    return attributes(path, LinkOption.NOFOLLOW_LINKS);
  }

  /// The JDK says the same of what is not there and of what cannot be, below something that is no
  /// directory.
  private static BasicFileAttributes attributes(Path path, LinkOption... options)
      throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, options);
    } catch (NoSuchFileException missing) {
      if (isBelowAFile(path)) {
        throw new NotDirectoryException(path.toString());
      }
      throw missing;
    }
  }

  /// Nearly always there is a folder to miss it in, so that is asked first.
  private static boolean isBelowAFile(Path path) {
    for (@Nullable Path parent = path.getParent();
        parent != null && !Files.isDirectory(parent);
        parent = parent.getParent()) {
      if (Files.exists(parent)) {
        return true;
      }
    }
    return false;
  }
}
