package dev.codexlsp.core.account;

import org.jspecify.annotations.Nullable;

/// A login.
///
/// @param userId who it is to the service; null for a key
public record SignedIn(Account account, @Nullable String userId) {}
