package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows links first, and has what they lead to judged and found by [ConfinedPlaces], which
/// follows none: a link counts as much as its target. Whoever changes a link in between has the
/// name found that was judged, or nothing.
final class RealPlaces implements Places {
  private final ConfinedPlaces places;

  RealPlaces(ConfinedPlaces places) {
    this.places = places;
  }

  @Override
  public Place existing(Path path, Access access)
      throws FileException, IOException, InterruptedException {
    return places.existing(path.toRealPath(), access);
  }

  @Override
  public Place name(Path path, Access access)
      throws FileException, IOException, InterruptedException {
    @Nullable Path parent = path.getParent();
    @Nullable Path name = path.getFileName();
    return parent == null || name == null || name.equals(Path.of(".."))
        ? places.name(path.toRealPath(), access)
        : places.name(parent.toRealPath().resolve(name), access);
  }

  @Override
  public Set<OpenOption> creation() {
    return places.creation();
  }

  @Override
  public Path canonical(Path path) throws FileException, IOException, InterruptedException {
    return places.canonical(path.toRealPath());
  }
}
