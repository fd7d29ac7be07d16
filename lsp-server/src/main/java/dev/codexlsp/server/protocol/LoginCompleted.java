package dev.codexlsp.server.protocol;

import org.jspecify.annotations.Nullable;

/// How a sign-in ended.
///
/// @param loginId null for one that was over at once
/// @param error why it failed; null when it did not
public record LoginCompleted(@Nullable String loginId, boolean success, @Nullable String error) {}
