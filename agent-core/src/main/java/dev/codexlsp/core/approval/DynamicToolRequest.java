package dev.codexlsp.core.approval;

import dev.codexlsp.core.thread.RawJson;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import org.jspecify.annotations.Nullable;

/// The model calls a tool that the client has brought along. (`item/tool/call`)
public record DynamicToolRequest(
    ThreadId threadId,
    TurnId turnId,
    String callId,
    @Nullable String namespace,
    String tool,
    RawJson arguments)
    implements ServerRequest {}
