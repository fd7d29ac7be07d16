package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;

/// A question to the client needs no answer any more.
///
/// @param requestId the JSON-RPC id of the question
public record ServerRequestResolved(ThreadId threadId, long requestId) {}
