package dev.codexlsp.core.approval;

import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// May this be done? The answer is a [Decision].
public sealed interface ApprovalRequest extends ServerRequest {

  TurnId turnId();

  ItemId itemId();

  /// May this command run? (`item/commandExecution/requestApproval`)
  ///
  /// @param kind `command`
  /// @param environmentId where it would run
  /// @param reason why the model wants it, in its own words
  /// @param command the whole argv, joined so that a shell would read it back
  /// @param proposedExecpolicyAmendment the words that a rule for commands like this would begin
  ///   with; null when no rule is proposed
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
      @Nullable List<String> proposedExecpolicyAmendment,
      List<Decision> availableDecisions)
      implements ApprovalRequest {
    public Command {
      commandActions = List.copyOf(commandActions);
      proposedExecpolicyAmendment =
          proposedExecpolicyAmendment == null ? null : List.copyOf(proposedExecpolicyAmendment);
      availableDecisions = List.copyOf(availableDecisions);
    }
  }

  /// May these files be changed? What would change is in the item that has been started.
  /// (`item/fileChange/requestApproval`)
  ///
  /// @param reason why somebody has to be asked
  record FileChange(
      ThreadId threadId,
      TurnId turnId,
      ItemId itemId,
      long startedAtMs,
      @Nullable String reason,
      @Nullable Path grantRoot)
      implements ApprovalRequest {}
}
