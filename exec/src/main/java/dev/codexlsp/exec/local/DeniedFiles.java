package dev.codexlsp.exec.local;

import dev.codexlsp.exec.sandbox.GlobPattern;
import dev.codexlsp.exec.sandbox.UnconfinableException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds what is there now and matches a pattern that denies, and what links of such names lead to.
/// What is made later is not denied to a command; where there is too much to look at there is no
/// sandbox rather than one with holes.
final class DeniedFiles {
  private static final int MOST_FOLDERS = 20_000;
  private static final int MOST_FILES = 1_000;

  private DeniedFiles() {}

  static Set<Path> find(List<GlobPattern> patterns) throws UnconfinableException {
    Set<Path> found = new LinkedHashSet<>();
    for (GlobPattern pattern : patterns) {
      Path base = RealPaths.of(pattern.base());
      if (pattern.matches(pattern.base()) && Files.exists(base)) {
        found.add(base);
      } else if (!search(pattern, base, found)) {
        throw new UnconfinableException("too many folders to look through for " + pattern);
      }
      if (found.size() > MOST_FILES) {
        throw new UnconfinableException("too many files match " + pattern);
      }
    }
    return found;
  }

  /// @param base without links, unlike the one in the pattern
  private static boolean search(GlobPattern pattern, Path base, Set<Path> found) {
    Path named = pattern.base();
    return new DirectoryScan(base, MOST_FOLDERS)
        .walk((folder, names) -> {
          Path asNamed = named.resolve(base.relativize(folder));
          for (String name : names) {
            if (found.size() <= MOST_FILES && pattern.matches(asNamed.resolve(name))) {
              // A link is of no use to anybody when what it leads to cannot be read.
              found.add(RealPaths.of(new File(folder.toFile(), name).toPath()));
            }
          }
          return name -> !pattern.matches(asNamed.resolve(name));
        });
  }
}
