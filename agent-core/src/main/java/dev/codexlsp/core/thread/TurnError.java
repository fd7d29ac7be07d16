package dev.codexlsp.core.thread;

import org.jspecify.annotations.Nullable;

/// Why a turn failed, or why it is trying again.
public record TurnError(
    String message, @Nullable CodexErrorInfo codexErrorInfo, @Nullable String additionalDetails) {}
