package dev.codexlsp.exec.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Asks where a path leads to.
public record FsCanonicalize(Path path, @Nullable Payload sandbox) {

  public record Result(Path path) {}
}
