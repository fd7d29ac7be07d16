package dev.codexlsp.exec.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Copies a file, or a directory.
///
/// @param recursive needed for a directory
public record FsCopy(
    Path sourcePath, Path destinationPath, Boolean recursive, @Nullable Payload sandbox) {}
