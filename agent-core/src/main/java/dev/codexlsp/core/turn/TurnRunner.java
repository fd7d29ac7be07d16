package dev.codexlsp.core.turn;

import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.RuleFiles;
import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.Purpose;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.ThreadStore;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.TurnError;
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
  /// @param environment the server's own environment
  /// @param clock its zone is the user's
  /// @param ids makes the ids of the user's messages
  /// @param version ours, told to commands
  /// @param tracer told of each turn; what a turn asks of an exec-server belongs to its span
  public record Surroundings(
      ConfigLoader configs,
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
      case TurnWork.Compaction() -> compact(request, io);
    };
  }

  private TurnOutcome converse(TurnRequest request, TurnInput input, TurnIo io)
      throws InterruptedException {
    ConversationIo conversation = new ConversationIo(request.conversation(), io);
    TurnHistory history =
        new TurnHistory(request, surroundings.ids(), surroundings.clock(), conversation);
    TurnSettings settings;
    try {
      settings = TurnSettings.of(request.overrides(), surroundings.configs().load(), surroundings);
    } catch (ConfigException problem) {
      history.show(input);
      takeLeft(request, history);
      return failed(String.valueOf(problem.getMessage()));
    }
    Compaction compaction = compaction(request, settings);
    try {
      try {
        open(request, settings, compaction, conversation);
      } finally {
        // Whatever happens before: what the user has said is kept.
        history.take(input);
      }
      TurnOutcome outcome = loop(request, settings, history, compaction, conversation).run(history);
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

  /// What the model has to know before the user's message.
  private void open(
      TurnRequest request, TurnSettings settings, Compaction compaction, ConversationIo io)
      throws ModelException, InterruptedException {
    if (!compaction.beforeTurn(io)) {
      prompt(request, settings).newContext(io.items()).forEach(io::remember);
      io.settled(turnContext(request, settings));
    }
  }

  /// A turn that does nothing but make the history shorter.
  private TurnOutcome compact(TurnRequest request, TurnIo io) throws InterruptedException {
    try {
      TurnSettings settings =
          TurnSettings.of(request.overrides(), surroundings.configs().load(), surroundings);
      compaction(request, settings)
          .run(
              new ConversationIo(request.conversation(), io),
              new Purpose.Compaction(Purpose.Trigger.MANUAL, Purpose.Phase.STANDALONE_TURN));
      return new TurnOutcome.Completed();
    } catch (ConfigException problem) {
      return failed(String.valueOf(problem.getMessage()));
    } catch (ModelException failure) {
      return new TurnOutcome.Failed(failure.error());
    }
  }

  private Compaction compaction(TurnRequest request, TurnSettings settings) {
    return new Compaction(
        request,
        settings,
        prompt(request, settings),
        turnContext(request, settings),
        sampling,
        surroundings);
  }

  private TurnPrompt prompt(TurnRequest request, TurnSettings settings) {
    return new TurnPrompt(settings, request.cwd(), surroundings.clock());
  }

  /// What the user has said to a turn that ends stays said: it is shown, and the next turn's model
  /// reads it.
  private static void takeLeft(TurnRequest request, TurnHistory history)
      throws InterruptedException {
    for (TurnInput left : request.steering().close()) {
      history.take(left);
    }
  }

  private TurnLoop loop(
      TurnRequest request,
      TurnSettings settings,
      TurnHistory history,
      Compaction compaction,
      ConversationIo io) {
    ToolSet all =
        tools.offered(
            settings.model(), DynamicTools.of(request.dynamicTools(), surroundings.clock()));
    ToolSet offered =
        settings.requestsPermissions() ? all : all.without(RequestPermissionsTool.NAME);
    ToolCalls toolCalls =
        new ToolCalls(
            offered,
            scope(request, settings, io, reviewer(request, settings, offered, history, io)));
    TurnPrompt prompt = prompt(request, settings);
    return new TurnLoop(
        sampling,
        said ->
            modelRequest(
                request,
                settings,
                new ModelRequestParts(
                    offered, history.metadata(), prompt.input(said, List.of()), io.window())),
        toolCalls,
        request.steering(),
        compaction,
        io);
  }

  /// What of a request changes from step to step.
  private record ModelRequestParts(
      ToolSet offered,
      Map<String, String> metadata,
      List<ResponseItem> input,
      ContextWindow window) {}

  private static ModelRequest modelRequest(
      TurnRequest request, TurnSettings settings, ModelRequestParts parts) {
    TurnOptions options =
        request.work() instanceof TurnWork.Conversation talk ? talk.options() : TurnOptions.NONE;
    return new ModelRequest(
        settings.provider(),
        settings.credential(),
        new ModelRequest.Caller(
            request.originator(),
            request.userAgent(),
            request.threadId(),
            request.turnId(),
            null,
            parts.metadata()),
        settings.model(),
        new ModelRequest.Manner(
            settings.effort(),
            settings.summary(),
            options.serviceTier() == null ? settings.serviceTier() : options.serviceTier(),
            options.outputSchema()),
        parts.input(),
        parts.offered().definitions(),
        parts.window(),
        new Purpose.Step());
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
        settings.outputLimit(),
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
