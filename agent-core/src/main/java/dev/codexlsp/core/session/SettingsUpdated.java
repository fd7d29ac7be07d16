package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.ThreadId;

/// The settings of a thread are not what they were.
public record SettingsUpdated(ThreadId threadId, ThreadSettings threadSettings) {}
