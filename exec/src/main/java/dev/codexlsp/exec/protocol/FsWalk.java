package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.FileSystem.WalkOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Lists what lies below a directory; the result is [dev.codexlsp.exec.FileSystem.WalkResult].
public record FsWalk(Path path, WalkOptions options, @Nullable Payload sandbox) {
  public FsWalk {
    Unsigned.check("maxDepth", (long) options.maxDepth());
    Unsigned.check("maxDirectories", (long) options.maxDirectories());
    Unsigned.check("maxEntries", (long) options.maxEntries());
  }
}
