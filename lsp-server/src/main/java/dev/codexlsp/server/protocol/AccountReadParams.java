package dev.codexlsp.server.protocol;

import org.jspecify.annotations.Nullable;

/// @param refreshToken whether tokens are to be renewed first; absent means no
public record AccountReadParams(@Nullable Boolean refreshToken) {}
