package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/// Lets nothing be touched, where nobody could be kept to what may be.
///
/// @param reason told by every failure
record RefusedPlaces(String reason) implements Places {
  @Override
  public Place existing(Path path, Access access) throws FileException {
    throw refusal(path);
  }

  @Override
  public Place name(Path path, Access access) throws FileException {
    throw refusal(path);
  }

  @Override
  public Set<OpenOption> creation() {
    return Set.of();
  }

  @Override
  public Path canonical(Path path) throws FileException {
    throw refusal(path);
  }

  private FileException refusal(Path path) {
    return new FileException(Kind.FAILED, reason + ": " + path);
  }
}
