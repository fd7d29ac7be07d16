package dev.codexlsp.exec.local;

import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Every path is what it says; the system alone decides what may be touched.
final class PlainPlaces implements Places {
  private record Plain(Path path) implements Place {
    @Override
    public void close() {}
  }

  @Override
  public Place existing(Path path, Access access) {
    return new Plain(path);
  }

  @Override
  public Place name(Path path, Access access) {
    return new Plain(path);
  }

  /// A link that leads nowhere is followed, and its target created.
  @Override
  public Set<OpenOption> creation() {
    return Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  @Override
  public Path canonical(Path path) throws IOException {
    return path.toRealPath();
  }
}
