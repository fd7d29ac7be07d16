package dev.codexlsp.server.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is configured.
///
/// @param cwd the folder that it is for; without one, what holds outside of any project
/// @param includeLayers whether to tell each source as well
public record ConfigReadParams(@Nullable Path cwd, boolean includeLayers) {}
