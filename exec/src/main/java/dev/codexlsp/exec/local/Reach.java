package dev.codexlsp.exec.local;

import java.nio.file.Path;

/// Which files may be touched, by their names. Paths are absolute and normal.
interface Reach {
  boolean mayRead(Path path);

  boolean mayWrite(Path path);
}
