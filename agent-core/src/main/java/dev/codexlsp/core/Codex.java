package dev.codexlsp.core;

import dev.codexlsp.core.account.Accounts;
import dev.codexlsp.core.account.AuthenticatedClient;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.RuleFiles;
import dev.codexlsp.core.context.BaseInstructions;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.session.ClientIdentity;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.session.Subscriber;
import dev.codexlsp.core.session.ThreadRegistry;
import dev.codexlsp.core.session.ThreadState;
import dev.codexlsp.core.session.TurnLauncher;
import dev.codexlsp.core.skill.Skills;
import dev.codexlsp.core.store.Rollout;
import dev.codexlsp.core.store.SessionMeta;
import dev.codexlsp.core.store.StoreException;
import dev.codexlsp.core.store.StoredThread;
import dev.codexlsp.core.store.ThreadStore;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadSnapshot;
import dev.codexlsp.core.thread.ThreadStatus;
import dev.codexlsp.core.tool.ApplyPatchTool;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ExecCommandTool;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.RequestPermissionsTool;
import dev.codexlsp.core.tool.RequestUserInputTool;
import dev.codexlsp.core.tool.ToolRegistry;
import dev.codexlsp.core.tool.UpdatePlanTool;
import dev.codexlsp.core.tool.ViewImageTool;
import dev.codexlsp.core.tool.WriteStdinTool;
import dev.codexlsp.core.turn.Effort;
import dev.codexlsp.core.turn.Instructions;
import dev.codexlsp.core.turn.PromptSources;
import dev.codexlsp.core.turn.Sampling;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnRunner;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The agent: opens threads, knows the live ones, and ends everything it has started.
///
/// Any thread may call it. Nothing touches the disk or starts a Java thread before the first
/// conversation does.
public final class Codex implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Codex.class.getName());

  /// How long threads may take to store how their turns ended when everything ends.
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(1200);

  private final Environment environment;
  private final ConfigLoader configs;
  private final Accounts accounts;
  private final PromptSources prompts;
  private final Environments environments;
  private final ThreadStore store;
  private final Supplier<String> ids;
  private final TurnRunner runner;
  private final ThreadRegistry threads = new ThreadRegistry();

  /// The world the agent lives in.
  ///
  /// @param codexHome where sessions are
  /// @param variables the environment variables of the process
  /// @param clock its zone is the user's
  /// @param version ours
  public record Environment(
      Path codexHome,
      Path userHome,
      Map<String, String> variables,
      Clock clock,
      RandomGenerator random,
      String version,
      OpenTelemetry telemetry) {}

  public Codex(
      Environment environment,
      ConfigLoader configs,
      ModelClient model,
      Accounts accounts,
      Environments environments) {
    this.environment = environment;
    this.accounts = accounts;
    this.environments = environments;
    this.configs = configs;
    this.prompts = PromptSources.of(environment.codexHome(), environment.userHome());
    this.store = new ThreadStore(environment.codexHome(), environment.clock());
    this.ids = new UuidV7(environment.clock(), environment.random());
    this.runner =
        new TurnRunner(
            new TurnRunner.Surroundings(
                configs,
                prompts,
                new RuleFiles(environment.codexHome()),
                store,
                environment.variables(),
                environments,
                environment.clock(),
                ids,
                environment.version(),
                environment.telemetry().getTracer("codex-lsp")),
            new Sampling(
                new AuthenticatedClient(model, accounts),
                new RetryDelay(environment.random()::nextDouble),
                Thread::sleep,
                environment.clock()),
            new ToolRegistry(
                List.of(
                    new ExecCommandTool(environment.clock(), environment.random()),
                    new WriteStdinTool(environment.random()),
                    new RequestUserInputTool(),
                    new UpdatePlanTool(),
                    new ViewImageTool(environment.clock()),
                    new ApplyPatchTool(environment.clock()),
                    new RequestPermissionsTool(environment.clock()))));
  }

  public ConfigLoader configs() {
    return configs;
  }

  public ThreadRegistry threads() {
    return threads;
  }

  public Accounts accounts() {
    return accounts;
  }

  /// The configuration as it is now.
  public Config config() throws ConfigException {
    return configs.load();
  }

  /// The environment variables of the process.
  public Map<String, String> variables() {
    return environment.variables();
  }

  /// The models that can be chosen.
  public ModelList models() {
    return new ModelList(configs, prompts.catalogs());
  }

  /// The skills that count in a folder of this machine.
  public Skills skills(Path cwd) {
    try {
      return prompts.skills().load(cwd, configs.load(cwd));
    } catch (ConfigException broken) {
      throw new CodexException(String.valueOf(broken.getMessage()));
    }
  }

  /// Folders of the client in which skills are looked for from now on, too.
  public void lookForSkillsIn(List<Path> roots) {
    prompts.skills().lookIn(roots);
  }

  /// Opens a new thread and subscribes the client to it. Returns at once; the configuration is read
  /// on a virtual thread of its own. A wish that cannot be met is refused; a configuration that
  /// cannot be used does not stop a thread from opening: its first turn says what is wrong.
  ///
  /// @param wishes at least a directory
  /// @param dynamicTools what the client brings along for the model to call
  public void startThread(
      ThreadOverrides wishes,
      List<DynamicToolSpec> dynamicTools,
      ClientIdentity client,
      Subscriber subscriber,
      Reply<OpenedThread> reply) {
    ThreadId id = new ThreadId(ids.get());
    open(
        "thread " + id,
        wishes,
        new Caller(client, subscriber, reply),
        opening -> newThread(id, opening, dynamicTools, client));
  }

  /// Goes on with a thread that is stored, as [#startThread] begins one.
  ///
  /// @param id null for the one that was begun last in the directory
  /// @param wishes at least a directory
  public void resumeThread(
      @Nullable ThreadId id,
      ThreadOverrides wishes,
      ClientIdentity client,
      Subscriber subscriber,
      Reply<OpenedThread> reply) {
    Path cwd = Objects.requireNonNull(wishes.cwd(), "a thread has a directory");
    open(
        id == null ? "the latest thread" : "thread " + id,
        wishes,
        new Caller(client, subscriber, reply),
        opening -> storedThread(id == null ? store.readLatest(cwd) : store.read(id), opening));
  }

  /// Who opens a thread.
  private record Caller(ClientIdentity client, Subscriber subscriber, Reply<OpenedThread> reply) {}

  private void open(
      String what, ThreadOverrides wishes, Caller caller, Function<Opening, ThreadState> opened) {
    Reply<OpenedThread> reply = caller.reply();
    Thread.ofVirtual()
        .name("open " + what)
        .start(() -> {
          try {
            CodexException objection = runner.objection(wishes);
            if (objection != null) {
              reply.refuse(objection);
              return;
            }
            ThreadState state = opened.apply(opening(wishes));
            TurnLauncher launcher =
                new TurnLauncher(
                    runner, environment.clock(), ids, environment.random(), caller.client());
            threads.open(state, launcher, caller.subscriber(), reply);
          } catch (StoreException unreadable) {
            reply.refuse(new CodexException(String.valueOf(unreadable.getMessage())));
          } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, what + " could not be opened", bug);
            reply.refuse(new CodexException("the thread could not be opened: internal error"));
          }
        });
  }

  /// The settings a thread begins with.
  ///
  /// @param overrides what is fixed for the thread
  /// @param shown the configuration its client is told of
  private record Opening(ThreadOverrides overrides, Config shown) {}

  private Opening opening(ThreadOverrides wishes) {
    try {
      Config config = configs.load(wishes.cwd(), wishes.config());
      ThreadOverrides pinned = wishes.pinnedTo(config);
      return new Opening(
          pinned.with(Instructions.settled(pinned, config, prompts.catalogs())), config);
    } catch (ConfigException broken) {
      LOG.log(Level.WARNING, broken.getMessage());
      return new Opening(wishes, configs.defaults());
    }
  }

  private ThreadState newThread(
      ThreadId id, Opening opening, List<DynamicToolSpec> dynamicTools, ClientIdentity client) {
    SessionMeta meta =
        new SessionMeta(
            id,
            environment.clock().instant(),
            Objects.requireNonNull(opening.overrides().cwd(), "a thread has a directory"),
            client.originator(),
            environment.version(),
            client.source(),
            opening.shown().modelProvider(),
            instructions(opening));
    Rollout rollout = store.create(meta);
    return new ThreadState(
        opened(meta, opening, rollout),
        opening.overrides(),
        dynamicTools,
        rollout,
        environment.clock());
  }

  private ThreadState storedThread(StoredThread stored, Opening opening) {
    ThreadState state =
        new ThreadState(
            opened(stored.meta(), opening, stored.rollout()),
            opening.overrides(),
            List.of(),
            stored.rollout(),
            environment.clock());
    state.restore(stored);
    return state;
  }

  /// The thread as it is when nobody has spoken yet.
  private OpenedThread opened(SessionMeta meta, Opening opening, Rollout rollout) {
    long createdAt = meta.createdAt().getEpochSecond();
    ThreadOverrides shown = opening.overrides().pinnedTo(opening.shown());
    ThreadSnapshot snapshot =
        new ThreadSnapshot(
            meta.id(),
            meta.id(),
            null,
            "",
            false,
            rollout.historyMode(),
            opening.shown().modelProvider(),
            Objects.requireNonNullElse(shown.model(), ""),
            Effort.wordOf(shown.effort()),
            createdAt,
            createdAt,
            createdAt,
            new ThreadStatus.Idle(),
            rollout.path(),
            Objects.requireNonNull(shown.cwd(), "a thread has a directory"),
            environment.version(),
            meta.originator(),
            meta.source(),
            true,
            null,
            List.of());
    return new OpenedThread(
        snapshot,
        Objects.requireNonNull(shown.approvalPolicy(), "pinned"),
        Objects.requireNonNull(shown.reviewer(), "pinned"),
        Objects.requireNonNull(shown.sandbox(), "pinned"),
        Effort.wordOf(shown.effort()),
        sources(Objects.requireNonNull(shown.cwd(), "a thread has a directory"), opening));
  }

  private static String instructions(Opening opening) {
    Instructions said = opening.overrides().instructions();
    return said == null ? BaseInstructions.TEXT : said.text();
  }

  private List<Path> sources(Path cwd, Opening opening) {
    try {
      ExecEnvironment place = environments.find(opening.overrides().environment(), opening.shown());
      return prompts.instructionSources(cwd, place, opening.shown());
    } catch (ConfigException broken) {
      return List.of();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /// Interrupts every turn, stores its end, kills every command. Takes less than two seconds.
  @Override
  public void close() {
    try {
      if (!threads.close(CLOSE_LIMIT)) {
        LOG.log(Level.WARNING, "some threads were still busy when the agent was closed");
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    } finally {
      environments.close();
    }
  }
}
