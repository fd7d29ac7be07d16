package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/// How a path that somebody names becomes one that the JDK may open. [LocalFiles] goes through it
/// for everything it touches, so this is where a policy of what may be touched is kept.
///
/// Any thread may call it.
sealed interface Places permits PlainPlaces, ConfinedPlaces, RealPlaces, RefusedPlaces {
  /// What is to be done at a path.
  enum Access {
    READ,
    WRITE
  }

  /// What a path leads to, which must exist.
  Place existing(Path path, Access access) throws FileException, IOException, InterruptedException;

  /// The name itself, in a directory that must exist: for creating it, removing it, and reading
  /// what is said of a link. A link of this name is not followed by any of these.
  Place name(Path path, Access access) throws FileException, IOException, InterruptedException;

  /// How a file is opened by its [name][#name] that was missing a moment ago.
  Set<OpenOption> creation();

  /// The path without links, `.` and `..`.
  Path canonical(Path path) throws FileException, IOException, InterruptedException;

  /// A path for the JDK, good until it is closed.
  interface Place extends AutoCloseable {
    Path path();

    @Override
    void close();
  }
}
