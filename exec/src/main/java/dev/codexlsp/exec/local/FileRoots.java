package dev.codexlsp.exec.local;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a policy lets files be touched. Only names are compared here; [ConfinedPlaces] sees to it
/// that a name means what it says. Of the roots that hold a path, the deepest decides, so a
/// readable root within a writable one is protected from writing, and the other way round.
///
/// @param readable files or folders that may be read; absolute, without links, `.` and `..`
/// @param writable what may be written, and read as well
public record FileRoots(List<Path> readable, List<Path> writable) implements Reach {
  public FileRoots {
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
    for (Path root : Stream.concat(readable.stream(), writable.stream()).toList()) {
      if (!root.isAbsolute() || !root.equals(root.normalize())) {
        throw new IllegalArgumentException("not an absolute path without `..`: " + root);
      }
    }
  }

  @Override
  public boolean mayRead(Path path) {
    return deepest(readable, path) != null || deepest(writable, path) != null;
  }

  @Override
  public boolean mayWrite(Path path) {
    @Nullable Path writing = deepest(writable, path);
    @Nullable Path reading = deepest(readable, path);
    return writing != null && (reading == null || writing.getNameCount() > reading.getNameCount());
  }

  private static @Nullable Path deepest(List<Path> roots, Path path) {
    return roots.stream()
        .filter(path::startsWith)
        .max((one, other) -> Integer.compare(one.getNameCount(), other.getNameCount()))
        .orElse(null);
  }
}
