package dev.codexlsp.core;

import dev.codexlsp.core.account.Accounts;
import dev.codexlsp.core.account.AuthenticatedClient;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.RuleFiles;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.session.ClientIdentity;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.session.Subscriber;
import dev.codexlsp.core.session.ThreadRegistry;
import dev.codexlsp.core.skill.Skills;
import dev.codexlsp.core.store.ThreadStore;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.tool.ApplyPatchTool;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ExecCommandTool;
import dev.codexlsp.core.tool.RequestPermissionsTool;
import dev.codexlsp.core.tool.RequestUserInputTool;
import dev.codexlsp.core.tool.ToolRegistry;
import dev.codexlsp.core.tool.UpdatePlanTool;
import dev.codexlsp.core.tool.ViewImageTool;
import dev.codexlsp.core.tool.WriteStdinTool;
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
  private final ThreadRegistry threads = new ThreadRegistry();
  private final ThreadOpener opener;

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
    TurnRunner.Surroundings world =
        new TurnRunner.Surroundings(
            configs,
            prompts,
            new RuleFiles(environment.codexHome()),
            new ThreadStore(environment.codexHome(), environment.clock()),
            environment.variables(),
            environments,
            environment.clock(),
            new UuidV7(environment.clock(), environment.random()),
            environment.version(),
            environment.telemetry().getTracer("codex-lsp"));
    Sampling sampling =
        new Sampling(
            new AuthenticatedClient(model, accounts),
            new RetryDelay(environment.random()::nextDouble),
            Thread::sleep,
            environment.clock());
    TurnRunner runner = new TurnRunner(world, sampling, tools(environment));
    this.opener = new ThreadOpener(world, environment.random(), runner, threads);
  }

  private static ToolRegistry tools(Environment environment) {
    Clock clock = environment.clock();
    RandomGenerator random = environment.random();
    return new ToolRegistry(
        List.of(
            new ExecCommandTool(clock, random),
            new WriteStdinTool(random),
            new RequestUserInputTool(),
            new UpdatePlanTool(),
            new ViewImageTool(clock),
            new ApplyPatchTool(clock),
            new RequestPermissionsTool(clock)));
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
    opener.start(wishes, dynamicTools, new ThreadOpener.Caller(client, subscriber, reply));
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
    opener.resume(id, wishes, new ThreadOpener.Caller(client, subscriber, reply));
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
