package dev.codexlsp.server.lsp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `initializationOptions.codex`, see [ClientProfile] for the meaning.
record CodexOptions(
    @Nullable String title,
    boolean approvals,
    boolean experimentalApi,
    @Nullable List<String> optOutNotificationMethods) {}
