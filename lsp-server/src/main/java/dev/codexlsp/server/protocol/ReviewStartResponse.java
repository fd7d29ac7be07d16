package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;

/// The review's turn, not yet started, and the thread it runs in.
public record ReviewStartResponse(Turn turn, ThreadId reviewThreadId) {}
