package dev.codexlsp.core.patch;

import java.nio.file.Path;

/// The files that a patch is held against.
@FunctionalInterface
public interface SourceFiles {

  /// Called once for each path that the patch names.
  ///
  /// @param path absolute, without `.` and `..`
  SourceFile read(Path path) throws InterruptedException;
}
