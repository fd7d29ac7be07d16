package dev.codexlsp.exec.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where this program lies: whoever can write there runs without limits at the next start, or ends
/// this JVM now, which has its files mapped.
final class OwnFiles {
  private static final String LAUNCHER = "codex-lsp";

  /// Where everybody writes.
  private static final List<Path> SHARED = List.of(Path.of("/tmp"), Path.of("/var/tmp"));

  private OwnFiles() {}

  /// The JDK, the folders of the program and of what is kept beside it, and a private folder for
  /// temporary files if there is one.
  static List<Path> find() {
    Set<Path> found = new LinkedHashSet<>();
    add(System.getProperty("java.home"), found);
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      addProgram(entry, found);
    }
    add(System.getProperty("java.io.tmpdir"), found);
    found.removeAll(SHARED);
    return List.copyOf(found);
  }

  private static void add(@Nullable String name, Set<Path> found) {
    try {
      if (name != null && name.startsWith("/")) {
        found.add(RealPaths.of(Path.of(name)));
      }
    } catch (InvalidPathException _) {
      // Nothing that could be protected.
    }
  }

  /// A jar lies in a folder of its own, with what was made of it; the script that starts it lies
  /// beside that folder or above it.
  private static void addProgram(String entry, Set<Path> found) {
    try {
      Path path = RealPaths.of(Path.of(entry).toAbsolutePath());
      @Nullable Path folder = Files.isDirectory(path) ? path : path.getParent();
      if (folder == null || entry.isEmpty()) {
        return;
      }
      found.add(folder);
      Stream.iterate(folder, at -> at != null && at.getNameCount() > 1, Path::getParent)
          .limit(3)
          .map(at -> at.resolve("bin").resolve(LAUNCHER))
          .filter(Files::isRegularFile)
          .forEach(found::add);
    } catch (InvalidPathException _) {
      // Nothing that could be protected.
    }
  }
}
