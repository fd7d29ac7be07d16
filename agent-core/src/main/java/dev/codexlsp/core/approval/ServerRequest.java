package dev.codexlsp.core.approval;

import dev.codexlsp.core.thread.ThreadId;

/// Something that a thread wants to know from its clients; each record is the params object of one
/// request.
public sealed interface ServerRequest
    permits ApprovalRequest, PermissionsRequest, UserInputRequest, DynamicToolRequest {

  ThreadId threadId();
}
