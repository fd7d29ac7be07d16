package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.tool.Terminals;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A turn that shall run: a snapshot of everything about its thread that it needs.
///
/// @param steering what the user says while it runs
/// @param dynamicTools what the client has brought along
/// @param originator the program that the user sees
public record TurnRequest(
    ThreadId threadId,
    TurnId turnId,
    TurnWork work,
    Steering steering,
    Path cwd,
    ThreadOverrides overrides,
    Conversation conversation,
    Set<SessionKey> approvedForSession,
    PermissionGrant grantedForSession,
    Terminals terminals,
    List<DynamicToolSpec> dynamicTools,
    String originator,
    String userAgent) {
  public TurnRequest {
    dynamicTools = List.copyOf(dynamicTools);
    approvedForSession = Set.copyOf(approvedForSession);
  }

  List<ResponseItem> history() {
    return conversation.items();
  }
}
