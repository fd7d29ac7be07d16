package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.exec.ProcessSpec;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The visible life of one command: its item from start to completion. Confined to the turn's
/// thread.
final class CommandItem {
  private final ItemId id;
  private final ProcessSpec spec;
  private final List<CommandAction> actions;
  private final TurnScope turn;
  private final Clock clock;
  private final String processId;
  private Item.Source source = Item.Source.AGENT;
  private long startedAtMs;

  CommandItem(String callId, ProcessSpec spec, TurnScope turn, Clock clock, String processId) {
    this.id = new ItemId(callId);
    this.spec = spec;
    this.actions = List.of(new CommandAction.Unknown(spec.argv().getLast()));
    this.turn = turn;
    this.clock = clock;
    this.processId = processId;
  }

  void started(Item.Source source) throws InterruptedException {
    this.source = source;
    startedAtMs = clock.millis();
    String process = source == Item.Source.AGENT ? null : processId;
    turn.io()
        .emit(
            new ThreadEvent.ItemStarted(
                turn.threadId(),
                turn.turnId(),
                item(process, CommandStatus.IN_PROGRESS, null),
                startedAtMs));
  }

  ApprovalRequest.Command approval(@Nullable String reason, List<Decision> decisions) {
    return new ApprovalRequest.Command(
        "command",
        turn.threadId(),
        turn.turnId(),
        id,
        startedAtMs,
        reason,
        ShellWords.join(spec.argv()),
        spec.directory(),
        actions,
        decisions);
  }

  void outputDelta(String text) throws InterruptedException {
    turn.io().emit(new ThreadEvent.CommandOutputDelta(turn.threadId(), turn.turnId(), id, text));
  }

  /// For a command that never ran.
  void completedUnrun(CommandStatus status) throws InterruptedException {
    complete(item(null, status, null));
  }

  void completed(CommandRun run) throws InterruptedException {
    source = Item.Source.UNIFIED_EXEC_STARTUP;
    Integer exitCode = run.exitCode();
    boolean succeeded = exitCode != null && exitCode == 0 && !run.wasKilled();
    complete(item(processId, succeeded ? CommandStatus.COMPLETED : CommandStatus.FAILED, run));
  }

  private void complete(Item item) throws InterruptedException {
    turn.io()
        .emit(new ThreadEvent.ItemCompleted(turn.threadId(), turn.turnId(), item, clock.millis()));
  }

  private Item item(@Nullable String process, CommandStatus status, @Nullable CommandRun run) {
    return new Item.CommandExecution(
        id,
        ShellWords.join(spec.argv()),
        spec.directory(),
        process,
        source,
        status,
        actions,
        run == null ? null : run.output().text(),
        run == null ? null : run.exitCode(),
        run == null ? null : run.wallTime().toMillis());
  }
}
