package dev.codexlsp.exec.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Removes a file or a directory.
///
/// @param recursive whether a directory goes with all that is in it; true unless given
/// @param force whether it is fine when there is nothing; true unless given
public record FsRemove(
    Path path, @Nullable Boolean recursive, @Nullable Boolean force, @Nullable Payload sandbox) {}
