package dev.codexlsp.exec.local;

import dev.codexlsp.exec.sandbox.FileAccess;
import java.nio.file.Path;

/// Which files may be touched, by their names. Paths are absolute and normal.
interface Reach {
  boolean mayRead(Path path);

  boolean mayWrite(Path path);

  /// The processes are none of the files: here they are those of the whole machine, this one with
  /// its secrets among them.
  static Reach of(FileAccess access) {
    Path processes = Path.of("/proc");
    return new Reach() {
      @Override
      public boolean mayRead(Path path) {
        return access.mayRead(path) && !path.startsWith(processes);
      }

      @Override
      public boolean mayWrite(Path path) {
        return access.mayWrite(path) && !path.startsWith(processes);
      }
    };
  }
}
