package dev.codexlsp.core.approval;

import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question for a human; each record is the params object of one request to the client.
public sealed interface ApprovalRequest {

  /// May this command run? (`item/commandExecution/requestApproval`)
  ///
  /// @param kind `command`
  /// @param environmentId where it would run
  /// @param reason why the model wants it, in its own words
  /// @param command the whole argv, joined so that a shell would read it back
  record Command(
      String kind,
      ThreadId threadId,
      TurnId turnId,
      ItemId itemId,
      long startedAtMs,
      String environmentId,
      @Nullable String reason,
      String command,
      Path cwd,
      List<CommandAction> commandActions,
      List<Decision> availableDecisions)
      implements ApprovalRequest {
    public Command {
      commandActions = List.copyOf(commandActions);
      availableDecisions = List.copyOf(availableDecisions);
    }
  }
}
