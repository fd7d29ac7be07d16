package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;

/// The thread whose history shall be made shorter.
public record CompactStartParams(ThreadId threadId) {}
