package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A turn that shall run: a snapshot of everything about its thread that it needs.
///
/// @param clientMessageId the client's own name for the user's message
/// @param originator the program that the user sees
public record TurnRequest(
    ThreadId threadId,
    TurnId turnId,
    List<UserInput> input,
    @Nullable String clientMessageId,
    Path cwd,
    ThreadOverrides overrides,
    List<ResponseItem> history,
    Set<CommandKey> approvedForSession,
    String originator,
    String userAgent) {
  public TurnRequest {
    input = List.copyOf(input);
    history = List.copyOf(history);
    approvedForSession = Set.copyOf(approvedForSession);
  }
}
