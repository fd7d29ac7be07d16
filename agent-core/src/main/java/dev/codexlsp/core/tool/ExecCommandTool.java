package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.ApprovalOutcome;
import dev.codexlsp.core.approval.ApprovalRules.Verdict;
import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.thread.Item.CommandStatus;
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

  private final Clock clock;
  private final RandomGenerator random;

  public ExecCommandTool(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// One command on its way.
  private record Wish(
      ExecArguments arguments,
      ExecEnvironment environment,
      ProcessSpec spec,
      CommandItem item,
      TurnScope turn) {}

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
    ExecEnvironment environment = turn.environment();
    if (environment == null) {
      return failed("there is no environment that commands could run in");
    }
    ExecArguments arguments;
    ProcessSpec spec;
    try {
      arguments = ExecArguments.parse(call.arguments());
      spec = spec(arguments, environment, turn);
    } catch (ExecArguments.Unusable unusable) {
      return new ToolResult.Answered(String.valueOf(unusable.getMessage()));
    } catch (InvalidPathException invalid) {
      return failed("invalid workdir: " + invalid.getMessage());
    } catch (ExecException unreachable) {
      return failed(String.valueOf(unreachable.getMessage()));
    }
    CommandItem item = new CommandItem(call.callId(), spec, turn, clock, processId());
    Wish wish = new Wish(arguments, environment, spec, item, turn);
    CommandKey key =
        new CommandKey(environment.id(), spec.argv(), spec.directory(), turn.sandbox());
    return switch (turn.gate().judge(turn.approvalPolicy(), key)) {
      case Verdict.Run() -> execute(wish);
      case Verdict.Ask() -> {
        item.started();
        yield afterAsking(ask(wish, key), wish);
      }
      case Verdict.Refuse(String reason) -> {
        item.started();
        item.completedUnrun(CommandStatus.FAILED);
        yield failed(reason);
      }
    };
  }

  /// The command as it would be started, which only the place knows in full.
  private static ProcessSpec spec(
      ExecArguments arguments, ExecEnvironment environment, TurnScope turn)
      throws ExecException, InterruptedException {
    UserShell shell =
        arguments.shell() == null ? environment.shell() : new UserShell(arguments.shell());
    Path directory =
        arguments.workdir() == null ? turn.cwd() : turn.cwd().resolve(arguments.workdir());
    return environment.command(
        shell.argv(arguments.cmd(), arguments.login()), directory.normalize(), turn.child());
  }

  /// An interrupt while the user thinks leaves the command declined: it never ran.
  private static ApprovalOutcome ask(Wish wish, CommandKey key) throws InterruptedException {
    try {
      return wish.turn()
          .gate()
          .ask(
              wish.item()
                  .approval(wish.environment().id(), wish.arguments().justification(), DECISIONS),
              key);
    } catch (InterruptedException interrupt) {
      wish.item().completedUnrun(CommandStatus.DECLINED);
      throw interrupt;
    }
  }

  private ToolResult afterAsking(ApprovalOutcome outcome, Wish wish) throws InterruptedException {
    CommandItem item = wish.item();
    return switch (outcome) {
      case ApprovalOutcome.Decided(Decision decision) ->
          switch (decision) {
            case ACCEPT, ACCEPT_FOR_SESSION -> execute(wish);
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

  private ToolResult execute(Wish wish) throws InterruptedException {
    CommandItem item = wish.item();
    Duration limit = wish.turn().commandTimeout();
    CommandRun run;
    try {
      run = new CommandRun(wish.environment().backend().start(wish.spec()), item);
    } catch (ExecException notStarted) {
      item.completedUnrun(CommandStatus.FAILED);
      return failed(String.valueOf(notStarted.getMessage()));
    } catch (InterruptedException interrupt) {
      item.completedUnrun(CommandStatus.FAILED);
      throw interrupt;
    }
    boolean inTime;
    try {
      inTime = run.awaitEnd(limit);
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
                remark(inTime, run, limit),
                run.output(),
                wish.arguments().maxOutputTokens())
            .render());
  }

  private static @Nullable String remark(boolean inTime, CommandRun run, Duration limit) {
    if (!inTime) {
      return "The command was killed, with everything it had started, because it ran longer than "
          + limit.toMillis()
          + " ms";
    }
    if (run.lossReason() != null) {
      return "The command is out of reach: " + run.lossReason();
    }
    if (run.isDenied()) {
      return "The sandbox has refused something that the command needs";
    }
    return run.isOutputComplete()
        ? null
        : "Not all of the output is shown: a background process still holds it open, or more"
            + " of it came than was kept";
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
