package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;

/// The turn that shall end.
public record TurnInterruptParams(ThreadId threadId, TurnId turnId) {}
