package dev.codexlsp.server.protocol;

import org.jspecify.annotations.Nullable;

/// Somebody has signed in or out.
///
/// @param authMode how; null for out
public record AccountUpdated(@Nullable String authMode, @Nullable String planType) {}
