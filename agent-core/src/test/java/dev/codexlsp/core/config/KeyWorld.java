package dev.codexlsp.core.config;

import dev.codexlsp.core.Codex;
import dev.codexlsp.core.UuidV7;
import dev.codexlsp.core.account.Accounts;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.model.FakeModelServer;
import dev.codexlsp.core.model.HttpModelClient;
import dev.codexlsp.core.model.ModelCall;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.session.ClientIdentity;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.session.SettingsUpdated;
import dev.codexlsp.core.session.Subscriber;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.UserShell;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnOptions;
import dev.codexlsp.core.turn.TurnWork;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.http.OwnAuthority;
import dev.codexlsp.exec.http.TlsRelay;
import dev.codexlsp.exec.local.LocalBackend;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A whole agent with a home, a project and a model of its own, which shows what a configuration
/// makes of it. Belongs to the thread of the test; used once.
final class KeyWorld implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ClientIdentity CLIENT =
      new ClientIdentity("codex-lsp", "vscode", "codex-lsp/0.1.0");
  private static final String CATALOGUE =
      """
      {"models": [{"slug": "warm", "base_instructions": "HEAD\\n# Personality\\nwarm\\n",
        "default_reasoning_level": "high", "apply_patch_tool_type": "none"}]}
      """;

  private final Path home;
  private final Path project;
  private final Map<String, String> variables;
  private final FakeModelServer model;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClients http = new HttpClients(Map.of(), PATIENCE, executor);
  private final LocalBackend backend;
  private final ConfigLoader configs;
  private final Codex codex;
  private @Nullable TlsRelay relay;

  /// What the client does.
  enum Talk {
    TURN,
    TWO_TURNS,
    PLAN,
    REVIEW,
    COMPACT,
    LOGIN
  }

  /// What was to be seen.
  ///
  /// @param questions how often the user was asked
  /// @param folder what lies in the home
  record Seen(
      OpenedThread opened,
      List<ModelCall> calls,
      List<ThreadEvent> events,
      int questions,
      List<String> folder,
      Config config) {}

  /// @param toml the whole `config.toml`, where `$model`, `$secure`, `$home` and `$project` stand
  ///   for places
  KeyWorld(Path folder, String toml, String script) throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    project = Files.createDirectories(folder.resolve("project/below"));
    variables =
        Map.ofEntries(
            Map.entry("PATH", "/usr/bin:/bin"),
            Map.entry("HOME", home.toString()),
            Map.entry("FRUIT", "pear"),
            Map.entry("FRUIT_TOKEN", "t"),
            Map.entry("P_KEY", "sk-of-p"),
            Map.entry("OPENAI_API_KEY", "sk-of-openai"));
    model = FakeModelServer.playing(script);
    backend = new LocalBackend(Duration.ofMillis(300), variables);
    furnish(toml);
    configs = new ConfigLoader(home, home);
    codex = codex();
  }

  private void furnish(String toml) throws Exception {
    write(home.resolve("skills/mine/SKILL.md"), "---\nname: mine\ndescription: of mine\n---\n");
    write(
        home.resolve("skills/.system/theirs/SKILL.md"),
        "---\nname: theirs\ndescription: of theirs\n---\n");
    write(home.resolve("base.md"), "You are a file.");
    write(home.resolve("models.json"), CATALOGUE);
    write(home.resolve("mine.config.toml"), "model_verbosity = 'high'");
    write(home.resolve("quick.config.toml"), "model = 'of-the-profile'");
    Path top = project.resolve("..").normalize();
    Files.createDirectory(top.resolve(".git"));
    write(top.resolve("AGENTS.md"), "Outer.");
    write(project.resolve("NOTES.md"), "Noted.");
    write(
        home.resolve("config.toml"),
        toml.replace("$secure", toml.contains("$secure") ? secure() : "")
            .replace("$model", model.baseUrl().toString())
            .replace("$home", home.toString())
            .replace("$project", top.toString()));
  }

  /// The model behind TLS, with an authority of its own.
  private String secure() throws Exception {
    OwnAuthority keys = OwnAuthority.make(home, "ip:127.0.0.1");
    keys.pem();
    relay = TlsRelay.to(model.baseUrl().getPort(), keys.context());
    return "https://127.0.0.1:" + relay.port() + "/v1";
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private Codex codex() {
    Clock clock = Clock.systemUTC();
    RandomGenerator random = RandomGenerator.getDefault();
    return new Codex(
        new Codex.Environment(home, home, variables, clock, random, "0.1.0", OpenTelemetry.noop()),
        configs,
        new HttpModelClient(
            http, new RetryDelay(() -> 0.5), _ -> {}, clock, new UuidV7(clock, random)),
        Accounts.of(configs, home, http, variables, clock),
        new Environments(
            new ExecEnvironment.Local(backend, new UserShell("/bin/sh"), variables, List.of(home)),
            new EnvironmentsLoader(home, home, variables),
            place -> {
              throw new AssertionError("no turn goes to " + place);
            }));
  }

  /// A client that agrees to nothing.
  private static final class Watcher implements Subscriber {
    private final List<ThreadEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final Semaphore ends = new Semaphore(0);

    @Override
    public void onEvent(ThreadEvent event) {
      events.add(event);
      if (event instanceof ThreadEvent.TurnCompleted) {
        ends.release();
      }
    }

    @Override
    public void onSettings(SettingsUpdated settings) {}

    @Override
    public Question ask(ServerRequest request, Consumer<Answer> answer) {
      questions.incrementAndGet();
      answer.accept(new Answer.Failed("nobody is here"));
      return () -> {};
    }
  }

  private static final class Caller<T> implements Reply<T> {
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    @Override
    public boolean accept(T value) {
      return answer.complete(value);
    }

    @Override
    public void refuse(CodexException reason) {
      answer.completeExceptionally(reason);
    }

    T value() throws Exception {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /// @param wishes what the client wants configured for the thread
  Seen play(Talk talk, Map<String, ?> wishes) throws Exception {
    Watcher watcher = new Watcher();
    Caller<OpenedThread> opening = new Caller<>();
    ThreadOverrides asked =
        new ThreadOverrides(
            project,
            ThreadOverrides.Answering.AS_CONFIGURED,
            ThreadOverrides.Limits.AS_CONFIGURED,
            null,
            null,
            null,
            ThreadConfig.of(wishes));
    codex.startThread(asked, List.of(), CLIENT, watcher, opening);
    OpenedThread opened = opening.value();
    talk(talk, opened.thread().id(), watcher);
    try (var files = Files.list(home)) {
      return new Seen(
          opened,
          model.calls(),
          List.copyOf(watcher.events),
          watcher.questions.get(),
          files.map(file -> file.getFileName().toString()).sorted().toList(),
          codex.config());
    }
  }

  private void talk(Talk talk, ThreadId thread, Watcher watcher) throws Exception {
    switch (talk) {
      case TURN -> turn(thread, watcher, null);
      case TWO_TURNS -> {
        turn(thread, watcher, null);
        turn(thread, watcher, null);
      }
      case PLAN -> turn(thread, watcher, new Collaboration(CollaborationMode.PLAN, null));
      case REVIEW -> {
        codex.threads().startReview(thread, new ReviewTarget.Custom("look"), new Caller<>());
        end(watcher);
      }
      case COMPACT -> {
        turn(thread, watcher, null);
        codex.threads().startCompaction(thread, new Caller<>());
        end(watcher);
      }
      case LOGIN -> codex.accounts().logInWithKey("sk-new");
    }
  }

  private void turn(ThreadId thread, Watcher watcher, @Nullable Collaboration mode)
      throws InterruptedException {
    TurnInput input = TurnInput.of(List.of(new UserInput.Text("go")));
    codex
        .threads()
        .startTurn(
            thread,
            new TurnWork.Conversation(input, TurnOptions.NONE),
            ThreadOverrides.NONE.with(mode),
            new Caller<>());
    end(watcher);
  }

  private static void end(Watcher watcher) throws InterruptedException {
    if (!watcher.ends.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the turn does not end: " + watcher.events);
    }
  }

  @Override
  public void close() throws IOException {
    codex.close();
    if (relay != null) {
      relay.close();
    }
    backend.close();
    model.close();
    http.close();
    executor.shutdownNow();
  }
}
