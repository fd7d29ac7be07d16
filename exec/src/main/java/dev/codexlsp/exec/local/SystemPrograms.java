package dev.codexlsp.exec.local;

import dev.codexlsp.exec.SandboxUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds programs that limits are built with. They are taken from folders of the system alone,
/// never by `PATH`, and only if nobody but root could have put them there: a program of the right
/// name in the workspace confines nobody.
final class SystemPrograms {
  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

  private static final int ROOT = 0;
  private static final int WRITABLE_BY_OTHERS = 0022;

  private SystemPrograms() {}

  static Path require(String name) throws SandboxUnavailableException {
    @Nullable Path program = find(name, FOLDERS);
    if (program == null) {
      throw new SandboxUnavailableException("no " + name + " that belongs to the system");
    }
    return program;
  }

  /// Null when there is none.
  static @Nullable Path find(String name, List<Path> folders) {
    for (Path folder : folders) {
      try {
        Path program = folder.resolve(name).toRealPath();
        if (Files.isRegularFile(program) && Files.isExecutable(program) && isOfRoot(program)) {
          return program;
        }
      } catch (IOException _) {
        // It is not there.
      }
    }
    return null;
  }

  /// @param path without links
  private static boolean isOfRoot(Path path) throws IOException {
    for (@Nullable Path at = path; at != null; at = at.getParent()) {
      int owner = (int) Files.getAttribute(at, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      int mode = (int) Files.getAttribute(at, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      boolean mayBeChanged = (mode & WRITABLE_BY_OTHERS) != 0;
      if (owner != ROOT || mayBeChanged) {
        return false;
      }
    }
    return true;
  }
}
