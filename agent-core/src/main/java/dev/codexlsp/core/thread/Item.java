package dev.codexlsp.core.thread;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A visible piece of a turn. A started item is shown as it is; the completed form replaces
/// everything streamed.
public sealed interface Item {

  ItemId id();

  /// What the user sent, shown when it is really taken into the turn.
  ///
  /// @param clientId the client's own name for the message, echoed
  record UserMessage(ItemId id, @Nullable String clientId, List<UserInput> content)
      implements Item {
    public UserMessage {
      content = List.copyOf(content);
    }
  }

  /// Words of the model for the user.
  ///
  /// @param phase the model's word for what kind of message this is, when it says so
  record AgentMessage(ItemId id, String text, @Nullable String phase) implements Item {}

  /// What the model proposes to do, once the user agrees.
  record Plan(ItemId id, String text) implements Item {}

  record Reasoning(ItemId id, List<String> summary, List<String> content) implements Item {
    public Reasoning {
      summary = List.copyOf(summary);
      content = List.copyOf(content);
    }
  }

  /// A command, from the wish to run it to its end.
  ///
  /// @param command the argv joined so that a shell would read it back
  /// @param aggregatedOutput both streams in the order of arrival; null when there was none
  record CommandExecution(
      ItemId id,
      String command,
      Path cwd,
      @Nullable String processId,
      Source source,
      CommandStatus status,
      List<CommandAction> commandActions,
      @Nullable String aggregatedOutput,
      @Nullable Integer exitCode,
      @Nullable Long durationMs)
      implements Item {
    public CommandExecution {
      commandActions = List.copyOf(commandActions);
    }
  }

  /// Files that a patch changes, from the wish to its end.
  record FileChange(ItemId id, List<FileUpdateChange> changes, PatchStatus status) implements Item {
    public FileChange {
      changes = List.copyOf(changes);
    }
  }

  /// A tool that the client has brought along, called by the model.
  ///
  /// @param contentItems what it gave back; null while it runs, and when it failed to answer
  record DynamicToolCall(
      ItemId id,
      @Nullable String namespace,
      String tool,
      RawJson arguments,
      ToolStatus status,
      @Nullable List<ToolContent> contentItems,
      @Nullable Boolean success,
      @Nullable Long durationMs)
      implements Item {
    public DynamicToolCall {
      contentItems = contentItems == null ? null : List.copyOf(contentItems);
    }
  }

  /// The history is made shorter.
  record ContextCompaction(ItemId id) implements Item {}

  /// The model looks at a picture.
  record ImageView(ItemId id, Path path) implements Item {}

  /// A review begins.
  ///
  /// @param review what is looked at, in a few words
  /// @param target ours: the same for programs
  record EnteredReviewMode(ItemId id, String review, ReviewTarget target) implements Item {}

  /// A review has ended.
  ///
  /// @param review its result as text
  /// @param output ours: the same for programs; null when the reviewer did not answer in form
  record ExitedReviewMode(ItemId id, String review, @Nullable ReviewOutput output)
      implements Item {}

  enum ToolStatus {
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }

  enum PatchStatus {
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    DECLINED
  }

  /// Who started a command.
  enum Source {
    AGENT,
    UNIFIED_EXEC_STARTUP
  }

  enum CommandStatus {
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    DECLINED
  }
}
