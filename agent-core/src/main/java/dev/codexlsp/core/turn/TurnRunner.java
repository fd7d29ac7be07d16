package dev.codexlsp.core.turn;

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
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs one turn to its end on the calling virtual thread.
///
/// Holds no state of a turn; one runner serves all threads. Whatever happens, every call in the
/// history gets an answer and every open item is completed before the outcome is returned.
public final class TurnRunner {
  private static final ResponseItem ABORTED =
      ResponseItem.message(
          "user",
          "<turn_aborted>\nThe user ended the previous turn early. What it started may have been"
              + " done in part; look before you rely on it.\n</turn_aborted>");

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
    TurnSettings settings;
    try {
      settings = TurnSettings.of(request.overrides(), surroundings.configs().load(), surroundings);
    } catch (ConfigException problem) {
      takeInput(request, io, () -> {});
      return failed(String.valueOf(problem.getMessage()));
    }
    List<ResponseItem> history = new ArrayList<>(request.history());
    TurnPrompt prompt = TurnPrompt.of(request, settings, surroundings);
    for (ResponseItem message : prompt.newContext(request.history())) {
      remember(message, history, io);
    }
    io.settled(turnContext(request, settings));
    List<ResponseItem> words = prompt.words(request.input());
    takeInput(request, io, () -> words.forEach(word -> remember(word, history, io)));
    if (!settings.model().isKnown()) {
      io.emit(ThreadEvent.Warning.unknownModel(request.threadId(), settings.model().slug()));
    }
    try {
      return loop(request, settings, prompt, history, io);
    } catch (ModelException failure) {
      return new TurnOutcome.Failed(failure.error());
    } catch (InterruptedException interrupt) {
      io.remember(ABORTED);
      throw interrupt;
    }
  }

  /// Asks and runs calls until an answer has none.
  private TurnOutcome loop(
      TurnRequest request,
      TurnSettings settings,
      TurnPrompt prompt,
      List<ResponseItem> history,
      TurnIo io)
      throws ModelException, InterruptedException {
    ToolSet all =
        tools.offered(
            settings.model(), DynamicTools.of(request.dynamicTools(), surroundings.clock()));
    ToolSet offered =
        settings.requestsPermissions() ? all : all.without(RequestPermissionsTool.NAME);
    ToolCalls toolCalls =
        new ToolCalls(
            offered,
            scope(request, settings, io, reviewer(request, settings, offered, history, io)));
    LoopGuard guard = new LoopGuard();
    while (true) {
      List<ResponseItem> items =
          sampling.step(
              done -> modelRequest(request, settings, offered, prompt.input(history, done)), io);
      history.addAll(items);
      List<ResponseItem> calls = Sampling.openCalls(items);
      if (calls.isEmpty()) {
        return new TurnOutcome.Completed();
      }
      ToolCalls.Outputs answers = toolCalls.run(calls);
      answers.outputs().forEach(output -> remember(output, history, io));
      if (answers.isCancelled()) {
        remember(ABORTED, history, io);
        return new TurnOutcome.Interrupted();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      String endless = guard.afterStep(answers.allFailed());
      if (endless != null) {
        return failed(endless);
      }
    }
  }

  private static void remember(ResponseItem item, List<ResponseItem> history, TurnIo io) {
    history.add(item);
    io.remember(item);
  }

  private static ModelRequest modelRequest(
      TurnRequest request, TurnSettings settings, ToolSet offered, List<ResponseItem> input) {
    return new ModelRequest(
        settings.provider(),
        settings.credential(),
        request.originator(),
        request.userAgent(),
        request.threadId(),
        request.turnId(),
        settings.model(),
        settings.effort(),
        input,
        offered.definitions());
  }

  /// Null when the user is asked at once.
  private @Nullable Reviewer reviewer(
      TurnRequest request,
      TurnSettings settings,
      ToolSet offered,
      List<ResponseItem> history,
      TurnIo io) {
    return switch (settings.reviewer()) {
      case USER -> null;
      case AUTO_REVIEW ->
          new AutoReviewer(
              new ReviewThread(request, settings, surroundings, sampling, offered),
              // Calls run while the turn's thread, which owns the list, waits for them.
              () -> List.copyOf(history),
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
        Objects.requireNonNullElse(request.overrides().mode(), CollaborationMode.DEFAULT),
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

  /// Shows the user's message and returns it as the model will read it.
  ///
  /// @param taken run between the two events: what is shown as complete is remembered
  private void takeInput(TurnRequest request, TurnIo io, Runnable taken)
      throws InterruptedException {
    Item message =
        new Item.UserMessage(
            new ItemId(surroundings.ids().get()), request.clientMessageId(), request.input());
    long now = surroundings.clock().millis();
    io.emit(new ThreadEvent.ItemStarted(request.threadId(), request.turnId(), message, now));
    taken.run();
    io.emit(new ThreadEvent.ItemCompleted(request.threadId(), request.turnId(), message, now));
  }

  private static TurnOutcome failed(String message) {
    return new TurnOutcome.Failed(new TurnError(message, CodexErrorInfo.Kind.BAD_REQUEST, null));
  }
}
