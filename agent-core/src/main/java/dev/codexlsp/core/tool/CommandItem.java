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
final class CommandItem implements CommandRun.Watcher {
  private final ItemId id;
  private final ProcessSpec spec;
  private final List<CommandAction> actions;
  private final TurnScope turn;
  private final Clock clock;
  private final String processId;
  private Item.Source source = Item.Source.AGENT;
  private boolean isStarted;
  private long startedAtMs;

  /// @param processId what the process is called in front of people
  CommandItem(String callId, ProcessSpec spec, TurnScope turn, Clock clock, String processId) {
    this.id = new ItemId(callId);
    this.spec = spec;
    this.actions = List.of(new CommandAction.Unknown(spec.argv().getLast()));
    this.turn = turn;
    this.clock = clock;
    this.processId = processId;
  }

  /// The item begins before its command does, because somebody has to be asked, or will be told why
  /// it may not run.
  void started() throws InterruptedException {
    start(Item.Source.AGENT);
  }

  /// The command runs.
  @Override
  public void runs() throws InterruptedException {
    if (!isStarted) {
      start(Item.Source.UNIFIED_EXEC_STARTUP);
    }
  }

  private void start(Item.Source source) throws InterruptedException {
    this.source = source;
    isStarted = true;
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

  ApprovalRequest.Command approval(
      String environment, @Nullable String reason, List<Decision> decisions) {
    return new ApprovalRequest.Command(
        "command",
        turn.threadId(),
        turn.turnId(),
        id,
        startedAtMs,
        environment,
        reason,
        ShellWords.join(spec.argv()),
        spec.directory(),
        actions,
        decisions);
  }

  @Override
  public void printed(String text) throws InterruptedException {
    turn.io().emit(new ThreadEvent.CommandOutputDelta(turn.threadId(), turn.turnId(), id, text));
  }

  /// For a command that never ran.
  void completedUnrun(CommandStatus status) throws InterruptedException {
    runs();
    complete(item(null, status, null));
  }

  /// A command that the sandbox has refused before it did anything is no item at all.
  void completed(CommandRun run) throws InterruptedException {
    if (!isStarted && run.isDenied()) {
      return;
    }
    runs();
    source = Item.Source.UNIFIED_EXEC_STARTUP;
    Integer exitCode = run.exitCode();
    boolean isKnown = run.lossReason() == null && !run.wasKilled();
    boolean succeeded = exitCode != null && exitCode == 0 && isKnown && !run.isDenied();
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
