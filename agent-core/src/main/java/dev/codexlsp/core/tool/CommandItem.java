package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.exec.ProcessSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The visible life of one command: its item from start to completion. Confined to the thread of
/// its call, and from the start of the command on to the command's own; [#interaction] and
/// [#background] may be called by others.
final class CommandItem {
  private final ItemId id;
  private final String command;
  private final Path directory;
  private final List<CommandAction> actions;
  private final TurnScope turn;
  private final Clock clock;
  private boolean isStarted;
  private long startedAtMs;

  CommandItem(
      ItemId id, ProcessSpec spec, List<CommandAction> actions, TurnScope turn, Clock clock) {
    this.id = id;
    this.command = ShellWords.join(spec.argv());
    this.directory = spec.directory();
    this.actions = actions;
    this.turn = turn;
    this.clock = clock;
  }

  /// The item begins before its command does, because somebody has to be asked, or will be told why
  /// it may not run.
  void started() throws InterruptedException {
    start(null, Item.Source.AGENT);
  }

  /// The command has begun to do something.
  void runs(String processId) throws InterruptedException {
    if (!isStarted) {
      start(processId, Item.Source.UNIFIED_EXEC_STARTUP);
    }
  }

  private void start(@Nullable String processId, Item.Source source) throws InterruptedException {
    isStarted = true;
    startedAtMs = clock.millis();
    turn.io()
        .emit(
            new ThreadEvent.ItemStarted(
                turn.threadId(),
                turn.turnId(),
                item(processId, source, CommandStatus.IN_PROGRESS, null, null),
                startedAtMs));
  }

  ApprovalRequest.Command approval(
      String environment,
      @Nullable String reason,
      @Nullable List<String> amendment,
      List<Decision> decisions) {
    return new ApprovalRequest.Command(
        "command",
        turn.threadId(),
        turn.turnId(),
        id,
        startedAtMs,
        environment,
        reason,
        command,
        directory,
        actions,
        amendment,
        decisions);
  }

  void printed(String text) throws InterruptedException {
    turn.io().emit(new ThreadEvent.CommandOutputDelta(turn.threadId(), turn.turnId(), id, text));
  }

  void interaction(String processId, String stdin) throws InterruptedException {
    turn.io()
        .emit(
            new ThreadEvent.TerminalInteraction(
                turn.threadId(), turn.turnId(), id, processId, stdin));
  }

  Terminals.Background background(String processId) {
    return new Terminals.Background(id, processId, command, directory);
  }

  /// For a command that never ran.
  void completedUnrun(CommandStatus status) throws InterruptedException {
    if (!isStarted) {
      started();
    }
    complete(item(null, Item.Source.AGENT, status, null, null));
  }

  /// A command that the sandbox has refused before it did anything is no item at all.
  void completed(String processId, CommandState state, boolean wasKilled, Duration wallTime)
      throws InterruptedException {
    if (!isStarted && state.isDenied()) {
      return;
    }
    runs(processId);
    boolean succeeded = state.hasSucceeded() && !wasKilled;
    complete(
        item(
            processId,
            Item.Source.UNIFIED_EXEC_STARTUP,
            succeeded ? CommandStatus.COMPLETED : CommandStatus.FAILED,
            state,
            wallTime.toMillis()));
  }

  private void complete(Item item) throws InterruptedException {
    turn.io()
        .emit(new ThreadEvent.ItemCompleted(turn.threadId(), turn.turnId(), item, clock.millis()));
  }

  private Item item(
      @Nullable String processId,
      Item.Source source,
      CommandStatus status,
      @Nullable CommandState state,
      @Nullable Long durationMs) {
    return new Item.CommandExecution(
        id,
        command,
        directory,
        processId,
        source,
        status,
        actions,
        state == null ? null : state.output().text(),
        state == null ? null : state.exitCode(),
        durationMs);
  }
}
