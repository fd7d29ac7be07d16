package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.ApprovalRules.Verdict;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.command.AmendmentProposal;
import dev.codexlsp.core.command.CommandActions;
import dev.codexlsp.core.command.ParsedCommand;
import dev.codexlsp.core.command.ShellParser;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// `exec_command`: asks where it must, starts a command, and tells both the user and the model what
/// happens. A command that takes longer than the call waits goes on in the background.
public final class ExecCommandTool implements Tool {
  private final Clock clock;
  private final CommandAnswer answer;
  private final PatchTexts patches;

  public ExecCommandTool(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.answer = new CommandAnswer(random);
    this.patches = new PatchTexts(clock);
  }

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
    try {
      ExecArguments arguments = ExecArguments.parse(call.input());
      Path directory = directory(arguments.workdir(), turn.cwd());
      PatchCommand patch = PatchCommand.in(arguments.cmd());
      if (patch != null) {
        return patches.ofCommand(
            patch.patch(), directory(patch.directory(), directory), call, turn);
      }
      return judged(wish(arguments, environment, directory, call, turn));
    } catch (ToolArguments.Unusable unusable) {
      return unusable.answer();
    } catch (InvalidPathException invalid) {
      return failed("invalid workdir: " + invalid.getMessage());
    } catch (ExecException unreachable) {
      return failed(String.valueOf(unreachable.getMessage()));
    }
  }

  private static Path directory(@Nullable String wanted, Path otherwise) {
    return wanted == null ? otherwise : otherwise.resolve(wanted).normalize();
  }

  /// The command as it would be started, which only the place knows in full.
  private CommandWish wish(
      ExecArguments arguments,
      ExecEnvironment environment,
      Path directory,
      ToolCall call,
      TurnScope turn)
      throws ExecException, InterruptedException {
    UserShell shell =
        arguments.shell() == null ? environment.shell() : new UserShell(arguments.shell());
    ProcessSpec spec =
        environment.command(
            shell.argv(arguments.cmd(), arguments.login()),
            directory,
            turn.child().of(call.callId()),
            arguments.tty());
    ParsedCommand parsed = ShellParser.parse(spec.argv());
    CommandItem item =
        new CommandItem(
            new ItemId(call.callId()), spec, CommandActions.of(parsed, directory), turn, clock);
    return new CommandWish(
        arguments, environment, spec, parsed, turn.confinement(directory), item, turn);
  }

  private ToolResult judged(CommandWish wish) throws InterruptedException {
    return switch (CommandJudge.judge(wish)) {
      case Verdict.Run(boolean isConfined) -> execute(wish, isConfined);
      case Verdict.Ask asked -> {
        wish.item().started();
        yield afterAsking(ask(wish, asked), asked, wish);
      }
      case Verdict.Refuse(String reason) -> {
        wish.item().completedUnrun(CommandStatus.DECLINED);
        yield failed(reason);
      }
    };
  }

  /// An interrupt while the user thinks leaves the command declined: it never ran.
  private static Answer ask(CommandWish wish, Verdict.Ask asked) throws InterruptedException {
    ExecArguments arguments = wish.arguments();
    ToolGate gate = wish.turn().gate();
    List<String> amendment =
        AmendmentProposal.propose(wish.parsed(), gate.rules(), arguments.prefixRule());
    String reason = arguments.justification() == null ? asked.reason() : arguments.justification();
    ApprovalRequest.Command question =
        wish.item().approval(wish.environment().id(), reason, amendment, decisions(amendment));
    try {
      return gate.ask(question, wish.planned(), Set.of(wish.key()));
    } catch (InterruptedException interrupt) {
      wish.item().completedUnrun(CommandStatus.DECLINED);
      throw interrupt;
    }
  }

  /// The answers that a question offers, in the order in which they are shown.
  private static List<Decision> decisions(@Nullable List<String> amendment) {
    List<Decision> offered = new ArrayList<>();
    offered.add(new Decision.Accept());
    offered.add(new Decision.AcceptForSession());
    if (amendment != null) {
      offered.add(new Decision.AcceptWithExecpolicyAmendment(amendment));
    }
    offered.add(new Decision.Decline());
    offered.add(new Decision.Cancel());
    return offered;
  }

  private ToolResult afterAsking(Answer outcome, Verdict.Ask asked, CommandWish wish)
      throws InterruptedException {
    CommandItem item = wish.item();
    return switch (outcome) {
      case Answer.Decided(Decision decision) ->
          switch (decision) {
            case Decision.Accept(), Decision.AcceptForSession() ->
                execute(wish, asked.isConfined());
            case Decision.AcceptWithExecpolicyAmendment _ -> execute(wish, amended(asked, wish));
            case Decision.Decline() -> {
              item.completedUnrun(CommandStatus.DECLINED);
              yield failed("rejected by user");
            }
            case Decision.Cancel() -> {
              item.completedUnrun(CommandStatus.DECLINED);
              yield new ToolResult.TurnCancelled("exec_command failed: rejected by user");
            }
          };
      case Answer.Rejected(String reason) -> {
        item.completedUnrun(CommandStatus.DECLINED);
        yield failed(reason);
      }
      case Answer.Failed(String reason) -> unasked(item, reason);
      case Answer.Granted _, Answer.Chosen _, Answer.Returned _ ->
          unasked(item, "the answer was not understood");
    };
  }

  /// With its new rule the command runs as the next one like it will.
  private static boolean amended(Verdict.Ask asked, CommandWish wish) throws InterruptedException {
    return CommandJudge.judge(wish) instanceof Verdict.Run(boolean isConfined)
        ? isConfined
        : asked.isConfined();
  }

  private static ToolResult unasked(CommandItem item, String reason) throws InterruptedException {
    item.completedUnrun(CommandStatus.FAILED);
    return failed("the approval request failed: " + reason);
  }

  private ToolResult execute(CommandWish wish, boolean isConfined) throws InterruptedException {
    TurnScope turn = wish.turn();
    RunningCommand command;
    try {
      command =
          turn.terminals()
              .begin(wish.environment().backend().start(wish.spec(isConfined)), wish.item());
    } catch (ExecException notStarted) {
      wish.item().completedUnrun(CommandStatus.FAILED);
      return failed(String.valueOf(notStarted.getMessage()));
    } catch (InterruptedException interrupt) {
      wish.item().completedUnrun(CommandStatus.FAILED);
      throw interrupt;
    }
    try {
      return answer.of(command, wish.arguments().yield(), wish.arguments().maxOutputTokens(), turn);
    } catch (InterruptedException interrupt) {
      command.kill();
      turn.terminals().forget(command);
      throw interrupt;
    }
  }

  private static ToolResult failed(String reason) {
    return new ToolResult.Failed("exec_command failed: " + reason);
  }
}
