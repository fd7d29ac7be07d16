package dev.codexlsp.server.protocol;

import dev.codexlsp.core.turn.AdditionalContext;
import org.jspecify.annotations.Nullable;

/// What a client adds to a message of the user; where it is from is its key. See
/// [AdditionalContext].
public record AdditionalContextEntry(
    AdditionalContext.Kind kind, String value, @Nullable String name) {}
