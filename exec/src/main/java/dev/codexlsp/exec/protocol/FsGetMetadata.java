package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.FileSystem;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Asks what a path is; the result is [FileSystem.FileMetadata].
public record FsGetMetadata(Path path, @Nullable Payload sandbox) {}
