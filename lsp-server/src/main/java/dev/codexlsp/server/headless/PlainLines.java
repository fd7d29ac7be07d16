package dev.codexlsp.server.headless;

import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.thread.FileUpdateChange;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnPlanStep;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.server.client.VisibleText;
import java.io.PrintStream;

/// What happens, for somebody who watches a terminal. The result itself goes elsewhere.
final class PlainLines implements Display {
  /// What a command printed is shown up to here; the model and the events have the whole.
  private static final int MAX_LINES = 20;

  private final PrintStream err;
  private long tokens;

  PlainLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public void opened(OpenedThread thread, String prompt) {
    say("directory", thread.thread().cwd().toString());
    say("model", thread.thread().model());
    say("provider", thread.thread().modelProvider());
    say("sandbox", sandbox(thread.sandbox()));
    say("thread", thread.thread().id().value());
    say("prompt", prompt);
  }

  private static String sandbox(SandboxPolicy policy) {
    return switch (policy) {
      case SandboxPolicy.ReadOnly _ -> "read-only";
      case SandboxPolicy.WorkspaceWrite _ -> "workspace-write";
      case SandboxPolicy.DangerFullAccess _ -> "danger-full-access";
      case SandboxPolicy.ExternalSandbox _ -> "external";
    };
  }

  @Override
  public void refused(String reason) {
    say("codex-lsp", reason);
  }

  @Override
  public void event(ThreadEvent event) {
    switch (event) {
      case ThreadEvent.ItemStarted(var _, var _, Item item, long _) -> started(item);
      case ThreadEvent.ItemCompleted(var _, var _, Item item, long _) -> completed(item);
      case ThreadEvent.TurnPlanUpdated plan -> plan.plan().forEach(this::step);
      case ThreadEvent.TokenUsageUpdated(var _, var _, TokenUsage usage) ->
          tokens = usage.total().totalTokens();
      case ThreadEvent.ErrorOccurred(var _, var _, TurnError error, boolean _) ->
          say("error", error.message());
      case ThreadEvent.GuardianWarning(var _, String message) -> say("warning", message);
      case ThreadEvent.Warning(var _, String message) -> say("warning", message);
      case ThreadEvent.TurnCompleted(var _, Turn turn) -> {
        if (turn.status() == Turn.Status.INTERRUPTED) {
          say("error", "the turn was interrupted");
        }
        say("tokens", String.valueOf(tokens));
      }
      case ThreadEvent.ThreadStarted _,
          ThreadEvent.ThreadStatusChanged _,
          ThreadEvent.TurnStarted _,
          ThreadEvent.AgentMessageDelta _,
          ThreadEvent.PlanDelta _,
          ThreadEvent.ReasoningSummaryPartAdded _,
          ThreadEvent.ReasoningSummaryTextDelta _,
          ThreadEvent.ReasoningTextDelta _,
          ThreadEvent.CommandOutputDelta _,
          ThreadEvent.TerminalInteraction _,
          ThreadEvent.TurnDiffUpdated _,
          ThreadEvent.AutoApprovalReviewStarted _,
          ThreadEvent.AutoApprovalReviewCompleted _ -> {}
    }
  }

  /// The result goes elsewhere, so somebody may wait for it all the same.
  @Override
  public boolean isHeard() {
    return true;
  }

  private void started(Item item) {
    if (item instanceof Item.CommandExecution command) {
      say("command", command.command());
    }
  }

  private void completed(Item item) {
    switch (item) {
      case Item.AgentMessage message -> say("agent", message.text());
      case Item.Reasoning reasoning -> reasoning.summary().forEach(part -> say("thinking", part));
      case Item.CommandExecution command -> ended(command);
      case Item.FileChange change -> {
        for (FileUpdateChange one : change.changes()) {
          say("file " + word(change.status()), one.path().toString());
        }
      }
      case Item.UserMessage _,
          Item.DynamicToolCall _,
          Item.ImageView _,
          Item.Plan _,
          Item.EnteredReviewMode _,
          Item.ExitedReviewMode _,
          Item.ContextCompaction _ -> {}
    }
  }

  private void ended(Item.CommandExecution command) {
    String output = command.aggregatedOutput();
    if (output != null) {
      output
          .lines()
          .limit(MAX_LINES)
          .forEach(line -> err.println("  " + VisibleText.onTerminal(line)));
      long left = output.lines().skip(MAX_LINES).count();
      if (left > 0) {
        err.println("  (" + left + " more lines)");
      }
    }
    Integer exitCode = command.exitCode();
    if (command.status() == Item.CommandStatus.DECLINED) {
      say("refused", "it needs an approval, and nobody is asked");
    } else if (exitCode == null || exitCode != 0) {
      say("exit", String.valueOf(exitCode));
    }
  }

  private void step(TurnPlanStep step) {
    String mark =
        switch (step.status()) {
          case PENDING -> "[ ] ";
          case IN_PROGRESS -> "[>] ";
          case COMPLETED -> "[x] ";
        };
    say("plan", mark + step.step());
  }

  private static String word(Item.PatchStatus status) {
    return switch (status) {
      case IN_PROGRESS, COMPLETED -> "changed";
      case FAILED -> "not changed";
      case DECLINED -> "refused";
    };
  }

  /// A model's words must not steer the terminal.
  private void say(String who, String what) {
    err.println(who + ": " + VisibleText.onTerminal(what));
  }
}
