package dev.codexlsp.server.headless;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether what an agent does to a directory can be taken back.
final class GitRepository {
  private GitRepository() {}

  /// Whether it lies in a work tree: of a repository, or linked to one by a file.
  static boolean holds(Path directory) {
    for (@Nullable Path folder = directory; folder != null; folder = folder.getParent()) {
      Path git = folder.resolve(".git");
      if (Files.isRegularFile(git) || Files.exists(git.resolve("HEAD"))) {
        return true;
      }
    }
    return false;
  }
}
