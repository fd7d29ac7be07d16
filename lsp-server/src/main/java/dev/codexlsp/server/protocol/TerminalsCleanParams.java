package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;

/// The thread whose commands in the background shall end.
public record TerminalsCleanParams(ThreadId threadId) {}
