package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalRules.Verdict;
import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// `exec_command`: asks where it must, starts a command, and tells both the user and the model what
/// happens. A command that takes longer than the call waits goes on in the background.
public final class ExecCommandTool implements Tool {
  private final Clock clock;
  private final CommandAnswer answer;

  public ExecCommandTool(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.answer = new CommandAnswer(random);
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
  public JsonObject definition(ModelInfo model) {
    return ExecArguments.definition(name());
  }

  @Override
  public boolean isParallel() {
    return true;
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
      arguments = ExecArguments.parse(call.input());
      spec = spec(arguments, environment, turn, call.callId());
    } catch (ToolArguments.Unusable unusable) {
      return unusable.answer();
    } catch (InvalidPathException invalid) {
      return failed("invalid workdir: " + invalid.getMessage());
    } catch (ExecException unreachable) {
      return failed(String.valueOf(unreachable.getMessage()));
    }
    List<CommandAction> actions = List.of(new CommandAction.Unknown(spec.argv().getLast()));
    CommandItem item = new CommandItem(new ItemId(call.callId()), spec, actions, turn, clock);
    return judged(new Wish(arguments, environment, spec, item, turn));
  }

  private ToolResult judged(Wish wish) throws InterruptedException {
    CommandKey key = key(wish);
    return switch (wish.turn().gate().judge(wish.turn().approvalPolicy(), key)) {
      case Verdict.Run() -> execute(wish);
      case Verdict.Ask() -> {
        wish.item().started();
        yield afterAsking(ask(wish, key), wish);
      }
      case Verdict.Refuse(String reason) -> {
        wish.item().completedUnrun(CommandStatus.FAILED);
        yield failed(reason);
      }
    };
  }

  private static CommandKey key(Wish wish) {
    return new CommandKey(
        wish.environment().id(),
        wish.spec().argv(),
        wish.spec().directory(),
        wish.turn().sandbox(),
        wish.arguments().tty(),
        wish.arguments().isEscalated());
  }

  /// The command as it would be started, which only the place knows in full.
  private static ProcessSpec spec(
      ExecArguments arguments, ExecEnvironment environment, TurnScope turn, String callId)
      throws ExecException, InterruptedException {
    UserShell shell =
        arguments.shell() == null ? environment.shell() : new UserShell(arguments.shell());
    Path directory =
        arguments.workdir() == null ? turn.cwd() : turn.cwd().resolve(arguments.workdir());
    return environment.command(
        shell.argv(arguments.cmd(), arguments.login()),
        directory.normalize(),
        turn.child().of(callId),
        arguments.tty());
  }

  /// An interrupt while the user thinks leaves the command declined: it never ran.
  private static Answer ask(Wish wish, CommandKey key) throws InterruptedException {
    try {
      return wish.turn()
          .gate()
          .ask(
              wish.item()
                  .approval(
                      wish.environment().id(),
                      wish.arguments().justification(),
                      null,
                      ToolGate.decisions(null)),
              Set.of(key));
    } catch (InterruptedException interrupt) {
      wish.item().completedUnrun(CommandStatus.DECLINED);
      throw interrupt;
    }
  }

  private ToolResult afterAsking(Answer outcome, Wish wish) throws InterruptedException {
    CommandItem item = wish.item();
    return switch (outcome) {
      case Answer.Decided(Decision decision) ->
          switch (decision) {
            case Decision.Accept(), Decision.AcceptForSession() -> execute(wish);
            case Decision.AcceptWithExecpolicyAmendment _ -> execute(wish);
            case Decision.Decline() -> {
              item.completedUnrun(CommandStatus.DECLINED);
              yield failed("rejected by user");
            }
            case Decision.Cancel() -> {
              item.completedUnrun(CommandStatus.DECLINED);
              yield new ToolResult.TurnCancelled("exec_command failed: rejected by user");
            }
          };
      case Answer.Failed(String reason) -> unasked(item, reason);
      case Answer.Chosen _, Answer.Returned _ -> unasked(item, "the answer was not understood");
    };
  }

  private static ToolResult unasked(CommandItem item, String reason) throws InterruptedException {
    item.completedUnrun(CommandStatus.FAILED);
    return failed("the approval request failed: " + reason);
  }

  private ToolResult execute(Wish wish) throws InterruptedException {
    TurnScope turn = wish.turn();
    RunningCommand command;
    try {
      command =
          turn.terminals().begin(wish.environment().backend().start(wish.spec()), wish.item());
    } catch (ExecException notStarted) {
      wish.item().completedUnrun(CommandStatus.FAILED);
      return failed(String.valueOf(notStarted.getMessage()));
    } catch (InterruptedException interrupt) {
      wish.item().completedUnrun(CommandStatus.FAILED);
      throw interrupt;
    }
    try {
      return answer.of(
          command, wish.arguments().yield(), wish.arguments().maxOutputTokens(), turn.terminals());
    } catch (InterruptedException interrupt) {
      command.kill();
      turn.terminals().forget(command);
      throw interrupt;
    }
  }

  private static ToolResult failed(String reason) {
    return new ToolResult.Answered("exec_command failed: " + reason);
  }
}
