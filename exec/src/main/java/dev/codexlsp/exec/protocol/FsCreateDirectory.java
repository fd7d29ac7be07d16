package dev.codexlsp.exec.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Creates a directory.
///
/// @param recursive whether missing parents are created too, and an existing directory is fine;
///   true unless given
public record FsCreateDirectory(
    Path path, @Nullable Boolean recursive, @Nullable Payload sandbox) {}
