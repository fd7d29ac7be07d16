package dev.codexlsp.core.session;

import dev.codexlsp.core.tool.Terminals;

/// What belongs to one thread and outlives its turns. Confined to the owner, but for what the
/// [Terminals] say of themselves.
record ThreadParts(ThreadState state, PendingRequests requests, Terminals terminals) {}
