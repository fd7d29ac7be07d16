package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.EnvironmentsLoader;
import dev.codexlsp.core.config.RuleFiles;
import dev.codexlsp.core.model.FakeModelServer;
import dev.codexlsp.core.model.HttpModelClient;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.store.Rollout;
import dev.codexlsp.core.store.SessionMeta;
import dev.codexlsp.core.store.ThreadStore;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadSnapshot;
import dev.codexlsp.core.thread.ThreadStatus;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ExecCommandTool;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.ToolRegistry;
import dev.codexlsp.core.tool.UserShell;
import dev.codexlsp.core.tool.WriteStdinTool;
import dev.codexlsp.core.turn.PromptSources;
import dev.codexlsp.core.turn.Sampling;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnRunner;
import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.remote.RemotePlace;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/// What live threads need around them, all of it real but time and chance: a home on disk, a model
/// behind HTTP, commands of this machine. The clock stands still, ids count up from `id-1` and the
/// first process is number 10000, so that whole records can be compared.
final class Stage implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
  static final String MODEL = "mock-model";

  /// Every command is asked about.
  static final ThreadOverrides ASKING = free(ApprovalPolicy.UNTRUSTED);

  /// No command is asked about.
  static final ThreadOverrides FREE = free(ApprovalPolicy.NEVER);

  private static ThreadOverrides free(ApprovalPolicy policy) {
    return ThreadOverrides.NONE.with(
        ThreadOverrides.Answering.by(MODEL),
        new ThreadOverrides.Limits(policy, null, new SandboxPolicy.DangerFullAccess()),
        Path.of("/"));
  }

  private static final ClientIdentity CLIENT =
      new ClientIdentity("codex-lsp", "vscode", "codex-lsp/0.1.0");
  private static final Duration DRAIN_GRACE = Duration.ofMillis(300);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClients http = new HttpClients(Map.of(), Duration.ofSeconds(10), executor);
  private final LocalBackend backend = new LocalBackend(DRAIN_GRACE, Map.of());
  private final AtomicInteger lastId = new AtomicInteger();
  private final Path home;
  final Connections connections = new Connections();
  final FakeModelServer model;

  /// @param script what the model answers
  Stage(Path home, String script) throws IOException {
    this.home = home;
    this.model = FakeModelServer.playing(script);
    configure();
  }

  private void configure() throws IOException {
    Files.writeString(home.resolve("models.json"), "{\"models\": [{\"slug\": \"" + MODEL + "\"}]}");
    Files.writeString(
        home.resolve("config.toml"),
        """
        model = "%s"
        model_provider = "mock"
        model_catalog_json = "models.json"
        [model_providers.mock]
        name = "Mock"
        base_url = "%s"
        request_max_retries = 0
        stream_max_retries = 0
        """
            .formatted(MODEL, model.baseUrl()));
  }

  /// Turns that talk to the model behind HTTP.
  TurnLauncher launcher() {
    return launcher(httpModel());
  }

  private ModelClient httpModel() {
    return new HttpModelClient(http, new RetryDelay(() -> 0.5), _ -> {}, CLOCK, this::nextId);
  }

  TurnLauncher launcher(ModelClient client) {
    return new TurnLauncher(runner(client), CLOCK, this::nextId, () -> 0L, CLIENT);
  }

  TurnRunner runner(ModelClient client) {
    return runner(
        client,
        place -> {
          throw new AssertionError("no turn goes to " + place);
        });
  }

  /// Turns that may go to other places.
  TurnLauncher launcherOver(Function<RemotePlace, ExecBackend> places) {
    return new TurnLauncher(runner(httpModel(), places), CLOCK, this::nextId, () -> 0L, CLIENT);
  }

  private TurnRunner runner(ModelClient client, Function<RemotePlace, ExecBackend> places) {
    Map<String, String> variables = Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString());
    Supplier<String> ids = this::nextId;
    return new TurnRunner(
        new TurnRunner.Surroundings(
            new ConfigLoader(home, home),
            PromptSources.of(home, home),
            new RuleFiles(home),
            new ThreadStore(home, CLOCK),
            variables,
            environments(variables, places),
            CLOCK,
            ids,
            "0.1.0",
            OpenTelemetry.noop().getTracer("test")),
        new Sampling(client, new RetryDelay(() -> 0.5), _ -> {}, CLOCK),
        new ToolRegistry(
            List.of(new ExecCommandTool(CLOCK, () -> 0L), new WriteStdinTool(() -> 0L))));
  }

  private Environments environments(
      Map<String, String> variables, Function<RemotePlace, ExecBackend> places) {
    return new Environments(
        new ExecEnvironment.Local(backend, new UserShell("/bin/bash"), variables, List.of(home)),
        new EnvironmentsLoader(home, home, variables),
        places);
  }

  private String nextId() {
    return "id-" + lastId.incrementAndGet();
  }

  /// A thread whose owner runs, and which its first client has opened.
  LiveThread open(String id, ThreadOverrides wishes, Subscriber subscriber)
      throws InterruptedException {
    return open(id, wishes, launcher(), subscriber);
  }

  LiveThread open(String id, ThreadOverrides wishes, TurnLauncher launcher, Subscriber subscriber)
      throws InterruptedException {
    LiveThread thread = new LiveThread(state(id, wishes), launcher, new Audience(connections));
    thread.subscribe(subscriber);
    return thread;
  }

  ThreadState state(String id, ThreadOverrides wishes) {
    ThreadId threadId = new ThreadId(id);
    Rollout rollout =
        new ThreadStore(home, CLOCK)
            .create(
                new SessionMeta(
                    threadId,
                    CLOCK.instant(),
                    Path.of("/"),
                    CLIENT.originator(),
                    "0.1.0",
                    "vscode",
                    "mock",
                    "Be helpful."));
    long now = CLOCK.instant().getEpochSecond();
    ThreadSnapshot snapshot =
        new ThreadSnapshot(
            threadId,
            threadId,
            null,
            "",
            false,
            "legacy",
            "mock",
            MODEL,
            null,
            now,
            now,
            now,
            new ThreadStatus.Idle(),
            rollout.path(),
            Path.of("/"),
            "0.1.0",
            CLIENT.originator(),
            "vscode",
            true,
            null,
            List.of());
    OpenedThread opened =
        new OpenedThread(
            snapshot,
            ApprovalPolicy.UNTRUSTED,
            ApprovalsReviewer.USER,
            new SandboxPolicy.DangerFullAccess(),
            null,
            List.of());
    return new ThreadState(opened, wishes, List.of(), rollout, CLOCK);
  }

  @Override
  public void close() throws IOException {
    backend.close();
    model.close();
    http.close();
    executor.shutdownNow();
  }
}
