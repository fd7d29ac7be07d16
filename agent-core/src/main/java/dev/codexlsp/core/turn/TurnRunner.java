package dev.codexlsp.core.turn;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.RuleFiles;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.ThreadStore;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.tool.ChildEnvironment;
import dev.codexlsp.core.tool.DynamicTools;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.Grants;
import dev.codexlsp.core.tool.RequestPermissionsTool;
import dev.codexlsp.core.tool.Reviewer;
import dev.codexlsp.core.tool.RuleBook;
import dev.codexlsp.core.tool.ToolGate;
import dev.codexlsp.core.tool.ToolRegistry;
import dev.codexlsp.core.tool.ToolSet;
import dev.codexlsp.core.tool.TurnChanges;
import dev.codexlsp.core.tool.TurnIo;
import dev.codexlsp.core.tool.TurnScope;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs one turn to its end on the calling virtual thread.
///
/// Holds no state of a turn; one runner serves all threads. Whatever happens, every call in the
/// history gets an answer and every open item is completed before the outcome is returned.
public final class TurnRunner {
  private static final String SPAN = "codex.turn";

  private final Surroundings surroundings;
  private final Sampling sampling;
  private final ToolRegistry tools;

  /// What a turn finds around it.
  ///
  /// @param prompts what models are told
  /// @param environment the server's own environment
  /// @param clock its zone is the user's
  /// @param ids makes the ids of the user's messages
  /// @param version ours, told to commands
  /// @param tracer told of each turn; what a turn asks of an exec-server belongs to its span
  public record Surroundings(
      ConfigLoader configs,
      PromptSources prompts,
      RuleFiles rules,
      ThreadStore store,
      Map<String, String> environment,
      Environments environments,
      Clock clock,
      Supplier<String> ids,
      String version,
      Tracer tracer) {}

  public TurnRunner(Surroundings surroundings, Sampling sampling, ToolRegistry tools) {
    this.surroundings = surroundings;
    this.sampling = sampling;
    this.tools = tools;
  }

  /// What stands against the wishes themselves, before anything is done; null for nothing. A broken
  /// configuration is told by the turn that needs it.
  public @Nullable CodexException objection(ThreadOverrides wishes) {
    String environment = wishes.environment();
    try {
      if (environment == null
          || surroundings.environments().knows(environment, surroundings.configs().load())) {
        return null;
      }
      return new CodexException("unknown environment: " + environment);
    } catch (ConfigException broken) {
      return null;
    }
  }

  public TurnOutcome run(TurnRequest request, TurnIo io) {
    Span span = surroundings.tracer().spanBuilder(SPAN).startSpan();
    try (Scope _ = span.makeCurrent()) {
      return runInterruptibly(request, io);
    } catch (InterruptedException interrupt) {
      return new TurnOutcome.Interrupted();
    } finally {
      span.end();
    }
  }

  private TurnOutcome runInterruptibly(TurnRequest request, TurnIo io) throws InterruptedException {
    return switch (request.work()) {
      case TurnWork.Conversation(TurnInput input, var _) -> converse(request, input, io);
      case TurnWork.Review(ReviewTarget target) -> review(request, target, io);
    };
  }

  /// A reviewer works in the thread's place and with its means, but has not heard what was said.
  private TurnOutcome review(TurnRequest request, ReviewTarget target, TurnIo io)
      throws InterruptedException {
    CodeReviewIo apart = new CodeReviewIo(io);
    TurnHistory history =
        new TurnHistory(request, List.of(), surroundings.ids(), surroundings.clock(), apart);
    CodeReview frame =
        new CodeReview(
            request.threadId(), request.turnId(), surroundings.ids(), surroundings.clock(), io);
    try {
      Config config = surroundings.configs().load();
      ThreadOverrides wishes =
          ThreadOverrides.ofModel(config.answers().reviewModel()).over(request.overrides());
      TurnSettings settings = TurnSettings.of(wishes, config, surroundings);
      TurnPrompt prompt = TurnPrompt.of(request, settings, surroundings);
      history.understand(prompt::words);
      prompt.newContext(List.of()).forEach(history::remember);
      TurnInput task = TurnInput.of(List.of(new UserInput.Text(CodeReviewPrompt.task(target))));
      TurnLoop loop = loop(request, settings, history, apart, CodeReviewPrompt::input);
      return frame.run(
          target,
          history,
          mine -> {
            mine.take(task);
            return loop.run(mine);
          });
    } catch (ConfigException problem) {
      return failed(String.valueOf(problem.getMessage()));
    } catch (ModelException failure) {
      return new TurnOutcome.Failed(failure.error());
    }
  }

  private TurnOutcome converse(TurnRequest request, TurnInput input, TurnIo io)
      throws InterruptedException {
    TurnHistory history =
        new TurnHistory(request, request.history(), surroundings.ids(), surroundings.clock(), io);
    TurnSettings settings;
    try {
      settings = TurnSettings.of(request.overrides(), surroundings.configs().load(), surroundings);
    } catch (ConfigException problem) {
      history.take(input);
      takeLeft(request, history);
      return failed(String.valueOf(problem.getMessage()));
    }
    try {
      TurnOutcome outcome = speak(request, settings, input, history, io);
      takeLeft(request, history);
      if (outcome instanceof TurnOutcome.Interrupted) {
        history.abort();
      }
      return outcome;
    } catch (ModelException failure) {
      takeLeft(request, history);
      return new TurnOutcome.Failed(failure.error());
    } catch (InterruptedException interrupt) {
      takeLeft(request, history);
      history.abort();
      throw interrupt;
    }
  }

  private TurnOutcome speak(
      TurnRequest request, TurnSettings settings, TurnInput input, TurnHistory history, TurnIo io)
      throws ModelException, InterruptedException {
    TurnPrompt prompt;
    try {
      prompt = TurnPrompt.of(request, settings, surroundings);
      history.understand(prompt::words);
      prompt.newContext(request.history()).forEach(history::remember);
      io.settled(turnContext(request, settings));
    } finally {
      // An interrupt must not lose what the user has said.
      history.take(input);
    }
    if (!settings.model().isKnown()) {
      io.emit(ThreadEvent.Warning.unknownModel(request.threadId(), settings.model().slug()));
    }
    TurnIo told =
        settings.mode().kind() == CollaborationMode.PLAN
            ? new PlanIo(io, surroundings.clock())
            : io;
    return loop(request, settings, history, told, prompt::input).run(history);
  }

  /// What the user has said to a turn that ends stays said: it is shown, and the next turn's model
  /// reads it.
  private static void takeLeft(TurnRequest request, TurnHistory history)
      throws InterruptedException {
    for (TurnInput left : request.steering().close()) {
      history.take(left);
    }
  }

  /// @param input all that a request sends, of what was said before its step and what earlier tries
  ///   have completed
  private TurnLoop loop(
      TurnRequest request,
      TurnSettings settings,
      TurnHistory history,
      TurnIo io,
      BinaryOperator<List<ResponseItem>> input) {
    ToolSet all =
        tools.offered(
            settings.model(), DynamicTools.of(request.dynamicTools(), surroundings.clock()));
    ToolSet offered =
        settings.requestsPermissions() ? all : all.without(RequestPermissionsTool.NAME);
    ToolCalls toolCalls =
        new ToolCalls(
            offered,
            scope(request, settings, io, reviewer(request, settings, offered, history, io)));
    return new TurnLoop(
        sampling,
        (said, done) ->
            modelRequest(request, settings, offered, history.metadata(), input.apply(said, done)),
        toolCalls,
        request.steering(),
        io);
  }

  private static ModelRequest modelRequest(
      TurnRequest request,
      TurnSettings settings,
      ToolSet offered,
      Map<String, String> metadata,
      List<ResponseItem> input) {
    TurnOptions options = request.work().options();
    return new ModelRequest(
        settings.provider(),
        settings.credential(),
        new ModelRequest.Caller(
            request.originator(),
            request.userAgent(),
            request.threadId(),
            request.turnId(),
            null,
            metadata),
        settings.model(),
        new ModelRequest.Manner(
            settings.effort(),
            settings.summary(),
            options.serviceTier() == null ? settings.serviceTier() : options.serviceTier(),
            options.outputSchema()),
        input,
        offered.definitions());
  }

  /// Null when the user is asked at once.
  private @Nullable Reviewer reviewer(
      TurnRequest request, TurnSettings settings, ToolSet offered, TurnHistory history, TurnIo io) {
    return switch (settings.reviewer()) {
      case USER -> null;
      case AUTO_REVIEW ->
          new AutoReviewer(
              new ReviewThread(request, settings, surroundings, sampling, offered),
              // Calls run while the turn's thread, which owns the list, waits for them.
              history::items,
              surroundings.ids(),
              surroundings.clock(),
              io);
    };
  }

  private TurnScope scope(
      TurnRequest request, TurnSettings settings, TurnIo io, @Nullable Reviewer reviewer) {
    PermissionProfile permissions = SandboxProfiles.of(settings.sandbox());
    ExecEnvironment place = settings.environment();
    if (place != null && permissions instanceof PermissionProfile.Managed) {
      // While the model thinks.
      place.backend().prepareSandbox();
    }
    return new TurnScope(
        request.threadId(),
        request.turnId(),
        request.cwd(),
        permissions,
        settings.mode().kind(),
        place,
        new ChildEnvironment(
            settings.environmentRules(), request.threadId(), null, surroundings.version()),
        request.terminals(),
        new TurnChanges(request.cwd()),
        new Grants(request.grantedForSession()),
        new ToolGate(
            io,
            new ToolGate.Terms(settings.approvalPolicy(), settings.runsKnownSafe()),
            RuleBook.of(surroundings.rules()),
            reviewer,
            request.approvedForSession()),
        io);
  }

  private static TurnContext turnContext(TurnRequest request, TurnSettings settings) {
    return new TurnContext(
        request.turnId(),
        request.cwd(),
        settings.approvalPolicy(),
        settings.sandbox(),
        settings.model().slug(),
        settings.effort());
  }

  private static TurnOutcome failed(String message) {
    return new TurnOutcome.Failed(new TurnError(message, CodexErrorInfo.Kind.BAD_REQUEST, null));
  }
}
