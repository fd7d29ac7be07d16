package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.FileSystem.DirectoryEntry;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a directory.
public record FsReadDirectory(Path path, @Nullable Payload sandbox) {

  public record Result(List<DirectoryEntry> entries) {}
}
