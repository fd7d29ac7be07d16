package dev.codexlsp.exec;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What somebody who runs commands in a place needs to know of it.
///
/// @param shell the absolute path of the user's shell there
/// @param workingDirectory where the server of that place was started; null when it does not say
/// @param home the user's home folder; null when the place does not say
/// @param os as clients of the original know it: `linux`, `macos`; null when unknown
public record Surroundings(
    Path shell, @Nullable Path workingDirectory, @Nullable Path home, @Nullable String os) {}
