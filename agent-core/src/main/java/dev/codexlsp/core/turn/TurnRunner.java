package dev.codexlsp.core.turn;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.RuleFiles;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.Purpose;
import dev.codexlsp.core.store.ThreadStore;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ToolRegistry;
import dev.codexlsp.core.tool.TurnIo;
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
  private final TurnLoops loops;

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
      Tracer tracer) {

    /// What holds for the thread of the turn now.
    private Config config(TurnRequest request) throws ConfigException {
      return configs.load(request.cwd(), request.overrides().config());
    }
  }

  public TurnRunner(Surroundings surroundings, Sampling sampling, ToolRegistry tools) {
    this.surroundings = surroundings;
    this.sampling = sampling;
    this.loops = new TurnLoops(surroundings, sampling, tools);
  }

  /// What stands against the wishes themselves, before anything is done; null for nothing. A broken
  /// configuration is told by the turn that needs it.
  public @Nullable CodexException objection(ThreadOverrides wishes) {
    ConfigException wrong = surroundings.configs().objection(wishes.cwd(), wishes.config());
    if (wrong != null) {
      return new CodexException("failed to load configuration: " + wrong.getMessage());
    }
    String environment = wishes.environment();
    try {
      if (environment == null
          || surroundings
              .environments()
              .knows(environment, surroundings.configs().load(wishes.cwd(), wishes.config()))) {
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
      case TurnWork.Compaction() -> compact(request, io);
    };
  }

  private TurnOutcome converse(TurnRequest request, TurnInput input, TurnIo io)
      throws InterruptedException {
    TurnSettings settings;
    try {
      settings = TurnSettings.of(request.overrides(), surroundings.config(request), surroundings);
    } catch (ConfigException problem) {
      return unheard(request, input, io, problem);
    }
    TurnIo told =
        settings.mode().kind() == CollaborationMode.PLAN
            ? new PlanIo(io, surroundings.clock())
            : io;
    ConversationIo conversation = new ConversationIo(request.conversation(), told);
    TurnHistory history = history(request, conversation);
    history.understand(UserWords.unprepared(request.cwd(), settings.model().seesImages())::items);
    try {
      TurnOutcome outcome = speakAndHear(request, settings, input, history, conversation);
      if (outcome instanceof TurnOutcome.Interrupted) {
        history.abort();
      }
      return outcome;
    } catch (ModelException failure) {
      return new TurnOutcome.Failed(failure.error());
    } catch (InterruptedException interrupt) {
      history.abort();
      throw interrupt;
    }
  }

  /// Without a whole configuration no model can be asked; the next turn's will read the words.
  private TurnOutcome unheard(
      TurnRequest request, TurnInput input, TurnIo io, ConfigException problem)
      throws InterruptedException {
    TurnHistory history = history(request, new ConversationIo(request.conversation(), io));
    history.take(input);
    takeLeft(request, history);
    return failed(String.valueOf(problem.getMessage()));
  }

  /// Whatever happens: what the user has said to a turn that ends stays said. It is shown, and the
  /// next turn's model reads it.
  private TurnOutcome speakAndHear(
      TurnRequest request,
      TurnSettings settings,
      TurnInput input,
      TurnHistory history,
      ConversationIo io)
      throws ModelException, InterruptedException {
    try {
      return speak(request, settings, input, history, io);
    } finally {
      takeLeft(request, history);
    }
  }

  private TurnHistory history(TurnRequest request, ConversationIo io) {
    return new TurnHistory(request, surroundings.ids(), surroundings.clock(), io);
  }

  private TurnOutcome speak(
      TurnRequest request,
      TurnSettings settings,
      TurnInput input,
      TurnHistory history,
      ConversationIo io)
      throws ModelException, InterruptedException {
    TurnPrompt prompt;
    Compaction compaction;
    try {
      prompt = TurnPrompt.of(request, settings, surroundings);
      history.understand(prompt::words);
      compaction = compaction(request, settings, prompt);
      // What the model has to know before the user's message.
      if (!compaction.beforeTurn(io)) {
        prompt.newContext(io.items()).forEach(io::remember);
        io.settled(turnContext(request, settings));
      }
    } finally {
      // Whatever happens before: what the user has said is kept.
      history.take(input);
    }
    if (!settings.model().isKnown()) {
      io.emit(ThreadEvent.Warning.unknownModel(request.threadId(), settings.model().slug()));
    }
    return loops
        .of(request, settings, new TurnLoops.Parts(history, compaction, io, prompt::input))
        .run(history);
  }

  /// A turn that does nothing but make the history shorter.
  private TurnOutcome compact(TurnRequest request, TurnIo io) throws InterruptedException {
    try {
      TurnSettings settings =
          TurnSettings.of(request.overrides(), surroundings.config(request), surroundings);
      compaction(request, settings, TurnPrompt.of(request, settings, surroundings))
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

  /// A reviewer works in the thread's place and with its means, but has not heard what was said.
  private TurnOutcome review(TurnRequest request, ReviewTarget target, TurnIo io)
      throws InterruptedException {
    ConversationIo apart = new ConversationIo(request.conversation().begun(), new CodeReviewIo(io));
    TurnHistory history = history(request, apart);
    CodeReview frame =
        new CodeReview(
            request.threadId(), request.turnId(), surroundings.ids(), surroundings.clock(), io);
    try {
      Config config = surroundings.config(request);
      ThreadOverrides wishes =
          ThreadOverrides.ofModel(config.answers().reviewModel()).over(request.overrides());
      TurnSettings settings = TurnSettings.of(wishes, config, surroundings);
      TurnPrompt prompt = TurnPrompt.of(request, settings, surroundings);
      history.understand(prompt::words);
      prompt.newContext(List.of()).forEach(history::remember);
      TurnInput task = TurnInput.of(List.of(new UserInput.Text(CodeReviewPrompt.task(target))));
      TurnLoop loop =
          loops.of(
              request,
              settings,
              new TurnLoops.Parts(
                  history, compaction(request, settings, prompt), apart, CodeReviewPrompt::input));
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

  private Compaction compaction(TurnRequest request, TurnSettings settings, TurnPrompt prompt) {
    return new Compaction(
        request, settings, prompt, turnContext(request, settings), sampling, surroundings);
  }

  private static void takeLeft(TurnRequest request, TurnHistory history)
      throws InterruptedException {
    for (TurnInput left : request.steering().close()) {
      history.take(left);
    }
  }

  private static TurnContext turnContext(TurnRequest request, TurnSettings settings) {
    return new TurnContext(
        request.turnId(),
        request.cwd(),
        settings.approvalPolicy(),
        settings.sandbox(),
        settings.model().slug(),
        settings.effort(),
        settings.model().contextWindow());
  }

  private static TurnOutcome failed(String message) {
    return new TurnOutcome.Failed(new TurnError(message, CodexErrorInfo.Kind.BAD_REQUEST, null));
  }
}
