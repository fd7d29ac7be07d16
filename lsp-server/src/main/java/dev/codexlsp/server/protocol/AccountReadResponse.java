package dev.codexlsp.server.protocol;

import dev.codexlsp.core.account.Account;
import org.jspecify.annotations.Nullable;

/// Who is signed in.
///
/// @param account null when nobody is signed in, or when the model provider in use does not care
/// @param requiresOpenaiAuth whether it does
public record AccountReadResponse(
    @Nullable Account account, @Nullable String userId, boolean requiresOpenaiAuth) {}
