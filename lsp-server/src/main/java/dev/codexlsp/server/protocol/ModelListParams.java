package dev.codexlsp.server.protocol;

import org.jspecify.annotations.Nullable;

/// Which models a picker wants.
///
/// @param cursor from the page before
/// @param limit all of them unless given
/// @param includeHidden whether those are listed too that pickers leave out
/// @param modelProvider the id of the provider that shall run it; the configured one unless given
public record ModelListParams(
    @Nullable String cursor,
    @Nullable Integer limit,
    @Nullable Boolean includeHidden,
    @Nullable String modelProvider) {}
