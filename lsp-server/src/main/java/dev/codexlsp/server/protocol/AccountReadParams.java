package dev.codexlsp.server.protocol;

import org.jspecify.annotations.Nullable;

/// A question who is signed in.
///
/// @param refreshToken whether tokens are to be renewed first; absent means no
public record AccountReadParams(@Nullable Boolean refreshToken) {}
