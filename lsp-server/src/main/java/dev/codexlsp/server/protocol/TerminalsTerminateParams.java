package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;

/// The command that shall end.
public record TerminalsTerminateParams(ThreadId threadId, String processId) {}
