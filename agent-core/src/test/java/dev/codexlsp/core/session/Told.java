package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadStatus;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events that one turn tells on a [Stage], written short.
record Told(ThreadId thread, TurnId turn, String prompt) {
  static final long NOW = Stage.CLOCK.millis();
  static final long WINDOW = 258_400;

  ThreadEvent idle() {
    return new ThreadEvent.ThreadStatusChanged(thread, new ThreadStatus.Idle());
  }

  ThreadEvent broken() {
    return new ThreadEvent.ThreadStatusChanged(thread, new ThreadStatus.SystemError());
  }

  ThreadEvent active() {
    return new ThreadEvent.ThreadStatusChanged(thread, new ThreadStatus.Active(List.of()));
  }

  ThreadEvent waiting() {
    return new ThreadEvent.ThreadStatusChanged(
        thread, new ThreadStatus.Active(List.of(ThreadStatus.ActiveFlag.WAITING_ON_APPROVAL)));
  }

  ThreadEvent started() {
    return new ThreadEvent.TurnStarted(
        thread, turn(Turn.Status.IN_PROGRESS, null, null, List.of()));
  }

  ThreadEvent completed(Item... last) {
    return ended(Turn.Status.COMPLETED, null, last);
  }

  ThreadEvent interrupted(Item... last) {
    return ended(Turn.Status.INTERRUPTED, null, last);
  }

  ThreadEvent failed(TurnError error, Item... last) {
    return ended(Turn.Status.FAILED, error, last);
  }

  ThreadEvent error(TurnError error) {
    return new ThreadEvent.ErrorOccurred(thread, turn, error, false);
  }

  private ThreadEvent ended(Turn.Status status, @Nullable TurnError error, Item... last) {
    return new ThreadEvent.TurnCompleted(thread, turn(status, error, NOW / 1000, List.of(last)));
  }

  private Turn turn(
      Turn.Status status, @Nullable TurnError error, @Nullable Long end, List<Item> items) {
    return new Turn(
        turn,
        items,
        items.isEmpty() ? Turn.ItemsView.NOT_LOADED : Turn.ItemsView.SUMMARY,
        status,
        error,
        NOW / 1000,
        end,
        end == null ? null : 0L);
  }

  ThreadEvent started(Item item) {
    return new ThreadEvent.ItemStarted(thread, turn, item, NOW);
  }

  ThreadEvent completedItem(Item item) {
    return new ThreadEvent.ItemCompleted(thread, turn, item, NOW);
  }

  ThreadEvent delta(String id, String text) {
    return new ThreadEvent.AgentMessageDelta(thread, turn, new ItemId(id), text);
  }

  ThreadEvent output(String id, String text) {
    return new ThreadEvent.CommandOutputDelta(thread, turn, new ItemId(id), text);
  }

  /// One response of the fake model, which costs 10 in and 5 out, after so many others.
  ThreadEvent usage(int before) {
    TokenUsage.Breakdown last = new TokenUsage.Breakdown(15, 10, 0, 0, 5, 0);
    TokenUsage.Breakdown total = TokenUsage.Breakdown.ZERO;
    for (int i = 0; i <= before; i++) {
      total = total.plus(last);
    }
    return usage(total, last);
  }

  ThreadEvent usage(TokenUsage.Breakdown total, TokenUsage.Breakdown last) {
    return new ThreadEvent.TokenUsageUpdated(thread, turn, new TokenUsage(total, last, WINDOW));
  }

  /// The user's message; its id is the one after the turn's.
  Item message() {
    int number = Integer.parseInt(turn.value().substring("id-".length()));
    return new Item.UserMessage(
        new ItemId("id-" + (number + 1)), null, List.of(new UserInput.Text(prompt)));
  }

  static Item said(String id, String text) {
    return new Item.AgentMessage(new ItemId(id), text, null);
  }

  /// A command as it is asked about.
  static Item.CommandExecution asked(String callId, String script, CommandStatus status) {
    return command(callId, script, status, null, null);
  }

  /// A command that runs without a question.
  static Item.CommandExecution running(String callId, String script) {
    return new Item.CommandExecution(
        new ItemId(callId),
        shown(script),
        Path.of("/"),
        "10000",
        Item.Source.UNIFIED_EXEC_STARTUP,
        CommandStatus.IN_PROGRESS,
        List.of(new CommandAction.Unknown(script)),
        null,
        null,
        null);
  }

  /// A command that has run, when there is an exit code; else one that never did.
  static Item.CommandExecution command(
      String callId,
      String script,
      CommandStatus status,
      @Nullable String output,
      @Nullable Integer exitCode) {
    boolean ran = exitCode != null;
    return new Item.CommandExecution(
        new ItemId(callId),
        shown(script),
        Path.of("/"),
        ran ? "10000" : null,
        ran ? Item.Source.UNIFIED_EXEC_STARTUP : Item.Source.AGENT,
        status,
        List.of(new CommandAction.Unknown(script)),
        output,
        exitCode,
        ran ? 0L : null);
  }

  private static String shown(String script) {
    return "/bin/bash -lc '" + script + "'";
  }
}
