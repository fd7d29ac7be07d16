package dev.codexlsp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import dev.codexlsp.core.Codex;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.UuidV7;
import dev.codexlsp.core.account.Accounts;
import dev.codexlsp.core.config.EnvironmentsLoader;
import dev.codexlsp.core.model.HttpModelClient;
import dev.codexlsp.core.config.ConfigPlaces;
import dev.codexlsp.core.config.EnvironmentsLoader;
import dev.codexlsp.core.config.SessionFlags;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.session.ClientIdentity;
import dev.codexlsp.core.toml.TomlValue;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.UserShell;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.http.TlsSockets;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.remote.RemoteBackend;
import dev.codexlsp.exec.remote.Timing;
import dev.codexlsp.exec.server.ExecServer;
import dev.codexlsp.exec.server.Peer;
import dev.codexlsp.exec.server.StdioChannel;
import dev.codexlsp.exec.server.ws.WsAuth;
import dev.codexlsp.exec.server.ws.WsListener;
import dev.codexlsp.exec.telemetry.ExecTelemetry;
import dev.codexlsp.exec.telemetry.TraceContext;
import dev.codexlsp.server.demo.Demo;
import dev.codexlsp.server.demo.Terminal;
import dev.codexlsp.server.doctor.AuthoritiesCheck;
import dev.codexlsp.server.doctor.ConfigCheck;
import dev.codexlsp.server.doctor.Doctor;
import dev.codexlsp.server.doctor.HouseCheck;
import dev.codexlsp.server.doctor.ModelCheck;
import dev.codexlsp.server.doctor.SandboxCheck;
import dev.codexlsp.server.handler.AgentSource;
import dev.codexlsp.server.handler.Bindings;
import dev.codexlsp.server.handler.CommandHandlers;
import dev.codexlsp.server.handler.CompactionHandlers;
import dev.codexlsp.server.handler.ModeHandlers;
import dev.codexlsp.server.handler.ModelHandlers;
import dev.codexlsp.server.handler.ReviewHandlers;
import dev.codexlsp.server.handler.AccountHandlers;
import dev.codexlsp.server.handler.AgentSource;
import dev.codexlsp.server.handler.Bindings;
import dev.codexlsp.server.handler.CommandHandlers;
import dev.codexlsp.server.handler.ModelProviderHandlers;
import dev.codexlsp.server.handler.ConfigHandlers;
import dev.codexlsp.server.handler.Routes;
import dev.codexlsp.server.handler.SkillHandlers;
import dev.codexlsp.server.handler.TerminalHandlers;
import dev.codexlsp.server.handler.ThreadHandlers;
import dev.codexlsp.server.handler.TurnHandlers;
import dev.codexlsp.server.headless.Assignment;
import dev.codexlsp.server.headless.ExitStatus;
import dev.codexlsp.server.headless.Headless;
import dev.codexlsp.server.lsp.EditorSettings;
import dev.codexlsp.server.lsp.Lifecycle;
import dev.codexlsp.server.lsp.LifecycleHandlers;
import dev.codexlsp.server.lsp.ParentWatch;
import dev.codexlsp.server.lsp.ServerFacts;
import dev.codexlsp.server.protocol.ExecuteCommandParams;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.Connection;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.jspecify.annotations.Nullable;

/// The door, and the only place that wires.
public final class Main {
  /// The same as the project's version; a test compares them.
  static final String VERSION = "0.1.0";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  /// How long the output of a command that has ended may stay open.
  private static final Duration DRAIN_GRACE = Duration.ofSeconds(2);

  /// The same for an exec-server, which has a time of its own for that.
  private static final Duration OPEN_PIPES = Duration.ofDays(365);

  private Main() {}

  /// The server is dispatched before the command line library is even loaded: an editor waits for
  /// it.
  public static void main(String[] args) {
    System.exit(
        isServer(List.of(args))
            ? serve(ServerOptions.NONE)
            : CommandLineInterface.run(
                args,
                new CommandLineInterface.Commands(
                    Main::serve,
                    Main::doAssignment,
                    Main::serveExec,
                    Main::demonstrate,
                    Main::examine)));
  }

  private static boolean isServer(List<String> args) {
    List<String> options =
        !args.isEmpty() && args.getFirst().equals("lsp") ? args.subList(1, args.size()) : args;
    return options.isEmpty() || options.equals(List.of("--stdio"));
  }

  private static int serve(ServerOptions options) {
    InputStream in = System.in;
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    TomlValue.Table flags;
    try {
      flags = SessionFlags.parse(options.config());
    } catch (IllegalArgumentException wrong) {
      System.err.println("codex-lsp: -c is " + wrong.getMessage());
      return 2;
    }
    // From here on the protocol owns standard output; a stray print must not get into it.
    System.setOut(System.err);
    StderrLogging.install(System.getenv());

    Map<String, String> variables = UserVariables.in(System.getenv());
    ServerFacts facts = facts(variables);
    Lazy<Telemetry> telemetry = new Lazy<>(() -> telemetry(variables), Telemetry::close);
    Connection connection = new Connection(in, out, WireGson::write);
    EditorSettings settings = new EditorSettings(connection.client());
    ConfigPlaces configuration = places(facts, flags, options.profile(), settings);
    Lazy<Codex> codex =
        new Lazy<>(
            () -> codex(new ConfigLoader(configuration), facts, variables, telemetry.get()),
            Codex::close);
    ProcessEnd.closes(
        () -> {
          codex.close();
          telemetry.close();
        },
        System.err);
    Lifecycle lifecycle = new Lifecycle();
    LifecycleHandlers session =
        new LifecycleHandlers(facts, connection, lifecycle, new ParentWatch(() -> System.exit(1)));
    AgentSource agents = new AgentSource(codex, facts, connection.client(), session::client);
    try {
      connection.listen(new Routes(bindings(connection, session, settings, agents), lifecycle));
    } catch (JsonRpcException broken) {
      Logger.getLogger(Main.class.getName())
          .log(Level.WARNING, "the client's stream failed", broken);
      return 1;
    } finally {
      agents.leave();
    }
    return lifecycle.exitStatus();
  }

  private static ConfigPlaces places(
      ServerFacts facts,
      TomlValue.Table flags,
      @Nullable String profile,
      Supplier<Map<String, Object>> settings) {
    return new ConfigPlaces(
        facts.codexHome(),
        Path.of(System.getProperty("user.home")),
        ConfigPlaces.SYSTEM_FILE,
        flags,
        profile,
        settings);
  }

  private static Bindings bindings(
      Connection connection,
      LifecycleHandlers session,
      EditorSettings settings,
      AgentSource agents) {
    ConfigHandlers config = new ConfigHandlers(agents, connection.handOff());
    ThreadHandlers threads = new ThreadHandlers(agents, connection.handOff());
    ReviewHandlers reviews = new ReviewHandlers(agents, connection.handOff());
    AccountHandlers accounts = new AccountHandlers(agents, connection.handOff());
    ModelProviderHandlers providers = new ModelProviderHandlers(agents);
    TerminalHandlers terminals = new TerminalHandlers(agents, connection.handOff());
    CompactionHandlers compactions = new CompactionHandlers(agents, connection.handOff());
    TurnHandlers turns = new TurnHandlers(agents, connection.handOff());
    ModelHandlers models = new ModelHandlers(agents, connection.handOff());
    SkillHandlers skills = new SkillHandlers(agents, connection.handOff());
    CommandHandlers commands = new CommandHandlers(agents, connection.handOff());
    return new Bindings()
        .lspRequest(
            "initialize",
            JsonElement.class,
            params -> {
              settings.initialize(params);
              return session.initialize(params);
            })
        .lspNotification(
            "initialized",
            JsonElement.class,
            params -> {
              session.initialized(params);
              settings.initialized();
            })
        .lspRequest("shutdown", JsonElement.class, session::shutdown)
        .lspNotification("exit", JsonElement.class, session::exit)
        .lspRequest("workspace/executeCommand", ExecuteCommandParams.class, commands::execute)
        .lspNotification(
            "window/workDoneProgress/cancel", JsonElement.class, agents::cancelProgress)
        .request(Methods.COLLABORATION_MODE_LIST, new ModeHandlers()::list)
        .request(Methods.REVIEW_START, reviews::start)
        .request(Methods.ACCOUNT_READ, accounts::read)
        .request(Methods.LOGIN_CANCEL, accounts::cancel)
        .request(Methods.LOGIN_START, accounts::start)
        .request(Methods.LOGOUT, accounts::logout)
        .request(Methods.MODEL_PROVIDER_LIST, providers::list)
        .lspNotification("workspace/didChangeConfiguration", JsonElement.class, settings::changed)
        .request(Methods.CONFIG_BATCH_WRITE, config::writeBatch)
        .request(Methods.CONFIG_READ, config::read)
        .request(Methods.CONFIG_VALUE_WRITE, config::writeValue)
        .request(Methods.MODEL_LIST, models::list)
        .request(Methods.SKILLS_LIST, skills::list)
        .request(Methods.TERMINALS_CLEAN, terminals::clean)
        .request(Methods.TERMINALS_LIST, terminals::list)
        .request(Methods.TERMINALS_TERMINATE, terminals::terminate)
        .request(Methods.COMPACT_START, compactions::start)
        .request(Methods.THREAD_SETTINGS_UPDATE, threads::updateSettings)
        .request(Methods.THREAD_START, threads::start)
        .request(Methods.TURN_START, turns::start)
        .request(Methods.TURN_STEER, turns::steer)
        .request(Methods.TURN_INTERRUPT, turns::interrupt)
        .requireExactly(Methods.CLIENT_REQUESTS);
  }

  /// A collector that cannot be found must not keep anybody from working.
  private static Telemetry telemetry(Map<String, String> variables) {
    try {
      return Telemetry.from(variables, "codex-lsp", VERSION);
    } catch (IllegalArgumentException wrong) {
      Logger.getLogger(Main.class.getName()).log(Level.WARNING, "no telemetry", wrong);
      return Telemetry.from(Map.of(), "codex-lsp", VERSION);
    }
  }

  private static Codex codex(
      ConfigLoader configs, ServerFacts facts, Map<String, String> variables, Telemetry telemetry) {
    Clock clock = Clock.system(ZoneId.systemDefault());
    SecureRandom random = new SecureRandom();
    HttpClients http = httpClients(variables);
    ModelClient model =
        new HttpModelClient(
            http,
            new RetryDelay(random::nextDouble),
            Thread::sleep,
            clock,
            new UuidV7(clock, random));
    return new Codex(
        new Codex.Environment(
            facts.codexHome(),
            Path.of(System.getProperty("user.home")),
            variables,
            clock,
            random,
            VERSION,
            telemetry.api()),
        configs,
        model,
        Accounts.inFile(facts.codexHome(), http, variables, clock),
        environments(facts, variables));
  }

  /// What is left open when the process is ended is closed by the same hook as the server's.
  private static int doAssignment(ServerOptions options, Assignment assignment) {
    InputStream in = System.in;
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    System.setOut(System.err);
    StderrLogging.install(System.getenv());
    Map<String, String> variables = UserVariables.in(System.getenv());
    ServerFacts facts = facts(variables);
    TomlValue.Table flags;
    try {
      flags = SessionFlags.parse(options.config());
    } catch (IllegalArgumentException wrong) {
      System.err.println("codex-lsp: -c is " + wrong.getMessage());
      return 2;
    }
    Telemetry telemetry = telemetry(variables);
    ConfigLoader configs =
        new ConfigLoader(places(facts, flags, options.profile(), Map::of));
    Codex codex = codex(configs, facts, variables, telemetry);
    ProcessEnd.closes(
        () -> {
          codex.close();
          telemetry.close();
        },
        System.err);
    try {
      ExitStatus status =
          new Headless(
                  codex,
                  new ClientIdentity("codex_exec", "exec", facts.userAgent("codex_exec", VERSION)),
                  new Headless.Streams(in, isAttended(), out, System.err))
              .run(assignment);
      out.flush();
      return status.code();
    } catch (InterruptedException ended) {
      return ExitStatus.FAILED.code();
    }
  }

  private static int examine(boolean isJson) {
    StderrLogging.install(System.getenv());
    Map<String, String> variables = UserVariables.in(System.getenv());
    ServerFacts facts = facts(variables);
    Path userHome = Path.of(System.getProperty("user.home"));
    try (LocalBackend local = new LocalBackend(DRAIN_GRACE, variables);
        HttpClients http = httpClients(variables)) {
      return new Doctor(
              List.of(
                  new HouseCheck(VERSION, Runtime.version(), facts.codexHome()),
                  SandboxCheck.of(local),
                  new AuthoritiesCheck(variables),
                  new ConfigCheck(
                      new ConfigLoader(
                          places(facts, SessionFlags.parse(List.of()), null, Map::of)),
                      new EnvironmentsLoader(facts.codexHome(), userHome, variables),
                      new ModelCheck(
                          variables,
                          Accounts.inFile(
                              facts.codexHome(),
                              http,
                              variables,
                              Clock.system(ZoneId.systemDefault())),
                          http))),
              System.out)
          .examine(isJson);
    } catch (InterruptedException ended) {
      return 1;
    }
  }

  private static HttpClients httpClients(Map<String, String> variables) {
    return new HttpClients(
        variables,
        CONNECT_TIMEOUT,
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
  }

  private static Environments environments(ServerFacts facts, Map<String, String> variables) {
    LocalBackend local = new LocalBackend(DRAIN_GRACE, variables);
    UserShell shell = new UserShell(local.surroundings().shell().toString());
    TlsSockets tls = new TlsSockets(variables);
    return new Environments(
        new ExecEnvironment.Local(local, shell, variables, List.of(facts.codexHome())),
        new EnvironmentsLoader(
            facts.codexHome(), Path.of(System.getProperty("user.home")), variables),
        place ->
            new RemoteBackend(place, Timing.standard(DRAIN_GRACE), TraceContext::current, tls));
  }

  /// A server that says what is wrong with its options, or serves until it is ended.
  private static int serveExec(ExecServerOptions options) {
    InputStream in = System.in;
    // Not a stream for printing, which would not tell when nobody reads any more.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    StderrLogging.install(System.getenv());
    try {
      ExecServerOptions.Listen place = options.place();
      WsAuth auth = options.auth().toAuth();
      Map<String, String> variables = UserVariables.in(System.getenv());
      Telemetry telemetry = Telemetry.from(variables, "codex-exec-server", VERSION);
      ExecServer server =
          new ExecServer(
              new LocalBackend(OPEN_PIPES, variables),
              new ExecServer.Facts(VERSION, variables),
              options.limits(),
              new ExecTelemetry(telemetry.api()));
      ProcessEnd.closes(
          () -> {
            server.close();
            telemetry.close();
          },
          System.err);
      switch (place) {
        case ExecServerOptions.Listen.Stdio() ->
            server.serve(new StdioChannel(in, out), Peer.STDIO);
        case ExecServerOptions.Listen.WebSocket(String host, int port) -> {
          WsListener listener = WsListener.open(host, port, new WsListener.Visitors(auth, server));
          out.write((listener.uri() + "\n").getBytes(UTF_8));
          awaitEnd(in, options.exitsOnStdinClose(variables));
        }
      }
      return 0;
    } catch (IllegalArgumentException | IOException wrong) {
      System.err.println("codex-lsp: " + wrong.getMessage());
      return 1;
    } catch (InterruptedException ended) {
      return 1;
    }
  }

  /// Waits for the end of the input if that counts, and else for a signal.
  private static void awaitEnd(InputStream in, boolean inputCounts)
      throws IOException, InterruptedException {
    if (inputCounts) {
      in.transferTo(OutputStream.nullOutputStream());
    } else {
      new CountDownLatch(1).await();
    }
  }

  /// Whether somebody sits at a terminal. Without one there is no console, or one that is none.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isAttended() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static int demonstrate(@Nullable String prompt, boolean acceptsAll) {
    StderrLogging.install(System.getenv());
    Terminal terminal = new Terminal(System.in, System.out, isAttended());
    Demo demo =
        new Demo(
            terminal,
            System.err,
            Main.class.getName(),
            opened -> ProcessEnd.closes(opened, System.err));
    return prompt == null ? demo.scripted(acceptsAll) : demo.live(prompt, acceptsAll);
  }

  private static ServerFacts facts(Map<String, String> environment) {
    String home = environment.getOrDefault("CODEX_HOME", "");
    return new ServerFacts(
        VERSION,
        home.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".codex")
            : Path.of(home).toAbsolutePath(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"));
  }
}
