package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.ApprovalOutcome;
import dev.codexlsp.core.approval.ApprovalRules.Verdict;
import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// `exec_command`: asks where it must, runs a command to its end, and tells both the user and the
/// model what happened.
public final class ExecCommandTool implements Tool {
  private static final List<Decision> DECISIONS = List.of(Decision.values());

  private final ExecBackend backend;
  private final UserShell userShell;
  private final Clock clock;
  private final RandomGenerator random;

  public ExecCommandTool(
      ExecBackend backend, UserShell userShell, Clock clock, RandomGenerator random) {
    this.backend = backend;
    this.userShell = userShell;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String name() {
    return "exec_command";
  }

  @Override
  public JsonObject definition() {
    return ExecArguments.definition(name());
  }

  @Override
  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    ExecArguments arguments;
    Path directory;
    try {
      arguments = ExecArguments.parse(call.arguments());
      directory =
          arguments.workdir() == null ? turn.cwd() : turn.cwd().resolve(arguments.workdir());
    } catch (ExecArguments.Unusable unusable) {
      return new ToolResult.Answered(String.valueOf(unusable.getMessage()));
    } catch (InvalidPathException invalid) {
      return failed("invalid workdir: " + invalid.getMessage());
    }
    UserShell shell = arguments.shell() == null ? userShell : new UserShell(arguments.shell());
    ProcessSpec spec =
        new ProcessSpec(
            shell.argv(arguments.cmd(), arguments.login()),
            directory.normalize(),
            turn.environment());
    CommandItem item = new CommandItem(call.callId(), spec, turn, clock, processId());
    CommandKey key = new CommandKey(spec.argv(), spec.directory(), turn.sandbox());
    return switch (turn.gate().judge(turn.approvalPolicy(), key)) {
      case Verdict.Run() -> {
        item.started(Item.Source.UNIFIED_EXEC_STARTUP);
        yield execute(spec, arguments, item, turn);
      }
      case Verdict.Ask() -> {
        item.started(Item.Source.AGENT);
        yield afterAsking(ask(item, key, arguments, turn), spec, arguments, item, turn);
      }
      case Verdict.Refuse(String reason) -> {
        item.started(Item.Source.AGENT);
        item.completedUnrun(CommandStatus.FAILED);
        yield failed(reason);
      }
    };
  }

  /// An interrupt while the user thinks leaves the command declined: it never ran.
  private static ApprovalOutcome ask(
      CommandItem item, CommandKey key, ExecArguments arguments, TurnScope turn)
      throws InterruptedException {
    try {
      return turn.gate().ask(item.approval(arguments.justification(), DECISIONS), key);
    } catch (InterruptedException interrupt) {
      item.completedUnrun(CommandStatus.DECLINED);
      throw interrupt;
    }
  }

  private ToolResult afterAsking(
      ApprovalOutcome outcome,
      ProcessSpec spec,
      ExecArguments arguments,
      CommandItem item,
      TurnScope turn)
      throws InterruptedException {
    return switch (outcome) {
      case ApprovalOutcome.Decided(Decision decision) ->
          switch (decision) {
            case ACCEPT, ACCEPT_FOR_SESSION -> execute(spec, arguments, item, turn);
            case DECLINE -> {
              item.completedUnrun(CommandStatus.DECLINED);
              yield failed("rejected by user");
            }
            case CANCEL -> {
              item.completedUnrun(CommandStatus.DECLINED);
              yield new ToolResult.TurnCancelled("exec_command failed: rejected by user");
            }
          };
      case ApprovalOutcome.Failed(String reason) -> {
        item.completedUnrun(CommandStatus.FAILED);
        yield failed("the approval request failed: " + reason);
      }
    };
  }

  private ToolResult execute(
      ProcessSpec spec, ExecArguments arguments, CommandItem item, TurnScope turn)
      throws InterruptedException {
    CommandRun run;
    try {
      run = new CommandRun(backend.start(spec), item::outputDelta);
    } catch (ExecException notStarted) {
      item.completedUnrun(CommandStatus.FAILED);
      return failed(String.valueOf(notStarted.getMessage()));
    } catch (InterruptedException interrupt) {
      item.completedUnrun(CommandStatus.FAILED);
      throw interrupt;
    }
    boolean inTime;
    try {
      inTime = run.awaitEnd(turn.commandTimeout());
    } catch (InterruptedException interrupt) {
      run.kill();
      item.completed(run);
      throw interrupt;
    }
    item.completed(run);
    return new ToolResult.Answered(
        new OutputText(
                chunkId(),
                run.wallTime(),
                run.exitCode(),
                remark(inTime, run, turn.commandTimeout()),
                run.output(),
                arguments.maxOutputTokens())
            .render());
  }

  private static @Nullable String remark(boolean inTime, CommandRun run, Duration limit) {
    if (!inTime) {
      return "The command was killed, with everything it had started, because it ran longer than "
          + limit.toMillis()
          + " ms";
    }
    return run.isOutputComplete()
        ? null
        : "A background process still holds the output open; what it writes later is not shown";
  }

  private static ToolResult failed(String reason) {
    return new ToolResult.Answered("exec_command failed: " + reason);
  }

  private String chunkId() {
    return HexFormat.of().toHexDigits(random.nextInt(), 6);
  }

  /// Five digits, as clients of the original know them.
  private String processId() {
    return String.valueOf(random.nextInt(10_000, 100_000));
  }
}
