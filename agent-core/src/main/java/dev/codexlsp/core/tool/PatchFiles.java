package dev.codexlsp.core.tool;

import dev.codexlsp.core.patch.FileChange;
import dev.codexlsp.core.patch.SourceFile;
import dev.codexlsp.core.patch.SourceFiles;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.FileMetadata;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The files that one patch names, as they are: what they hold, and where they really lie. Confined
/// to one call.
final class PatchFiles implements SourceFiles {
  private final FileSystem files;
  private final Predicate<Path> isReadable;
  private final Map<Path, Place> places = new LinkedHashMap<>();

  /// Where a path lies.
  ///
  /// @param target what it leads to, without links
  /// @param name the path itself, which may be a link, in its folder without links
  private record Place(Path target, Path name) {}

  /// @param isReadable whether the contents of a file may be seen, by its real path: what does not
  ///   fit is shown to the model
  PatchFiles(FileSystem files, Predicate<Path> isReadable) {
    this.files = files;
    this.isReadable = isReadable;
  }

  /// For somebody who shows nothing of what is in the files.
  PatchFiles(FileSystem files) {
    this(files, _ -> true);
  }

  @Override
  public SourceFile read(Path path) throws InterruptedException {
    try {
      Path real = real(path);
      Path folder = path.getParent();
      Path name = path.getFileName();
      places.put(
          path,
          new Place(real, folder == null || name == null ? real : real(folder).resolve(name)));
      FileMetadata metadata = metadata(real);
      if (metadata == null) {
        return new SourceFile.Missing();
      }
      if (!metadata.isFile()) {
        return new SourceFile.Unreadable("not a file");
      }
      if (!isReadable.test(real)) {
        return new SourceFile.Unreadable("the sandbox does not let it be read");
      }
      return SourceFile.of(files.read(real));
    } catch (FileException unreadable) {
      return new SourceFile.Unreadable(String.valueOf(unreadable.getMessage()));
    }
  }

  /// Where a path that has been read really lies, and would be written.
  Path realPath(Path path) {
    return place(path).target();
  }

  /// What would go if the path was removed: a link goes, and never what it leads to.
  Path namePath(Path path) {
    return place(path).name();
  }

  private Place place(Path path) {
    Place place = places.get(path);
    if (place == null) {
      throw new IllegalArgumentException("not a path of the patch: " + path);
    }
    return place;
  }

  /// All that the changes would write or remove.
  Set<Path> touched(List<FileChange> changes) {
    Set<Path> touched = new LinkedHashSet<>();
    for (FileChange change : changes) {
      switch (change) {
        case FileChange.Added added -> touched.add(realPath(added.path()));
        case FileChange.Deleted deleted -> touched.add(namePath(deleted.path()));
        case FileChange.Updated updated -> {
          FileChange.Move move = updated.move();
          if (move == null) {
            touched.add(realPath(updated.path()));
          } else {
            touched.add(namePath(updated.path()));
            touched.add(realPath(move.target()));
          }
        }
      }
    }
    return touched;
  }

  /// Null when there is nothing.
  private @Nullable FileMetadata metadata(Path path) throws FileException, InterruptedException {
    try {
      return files.metadata(path);
    } catch (FileException missing) {
      if (missing.kind() == FileException.Kind.NOT_FOUND) {
        return null;
      }
      throw missing;
    }
  }

  /// The path without links. What is not there yet lies in the nearest folder that is.
  Path real(Path path) throws FileException, InterruptedException {
    Path missing = Path.of("");
    for (Path known = path; known != null; known = known.getParent()) {
      try {
        return files.canonicalize(known).resolve(missing);
      } catch (FileException failure) {
        if (failure.kind() != FileException.Kind.NOT_FOUND || known.getFileName() == null) {
          throw failure;
        }
        missing = known.getFileName().resolve(missing);
      }
    }
    throw new FileException(FileException.Kind.NOT_FOUND, "no such folder: " + path);
  }
}
