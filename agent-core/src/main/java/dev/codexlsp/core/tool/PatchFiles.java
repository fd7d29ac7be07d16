package dev.codexlsp.core.tool;

import dev.codexlsp.core.patch.SourceFile;
import dev.codexlsp.core.patch.SourceFiles;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.FileMetadata;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The files that one patch names, as they are: what they hold, and where they really lie. Confined
/// to one call.
final class PatchFiles implements SourceFiles {
  private final FileSystem files;
  private final Predicate<Path> isReadable;
  private final Map<Path, Path> realPaths = new LinkedHashMap<>();

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
      realPaths.put(path, real);
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

  /// Where a path that has been read really lies.
  Path realPath(Path path) {
    Path real = realPaths.get(path);
    if (real == null) {
      throw new IllegalArgumentException("not a path of the patch: " + path);
    }
    return real;
  }

  /// All of them, the targets of links; every one would be written.
  Collection<Path> realPaths() {
    return realPaths.values();
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
