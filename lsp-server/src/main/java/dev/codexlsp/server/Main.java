package dev.codexlsp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import dev.codexlsp.core.Codex;
import dev.codexlsp.core.config.EnvironmentsLoader;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.ResponsesClient;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.UserShell;
import dev.codexlsp.exec.http.HttpClients;
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
import dev.codexlsp.server.handler.AgentSource;
import dev.codexlsp.server.handler.Bindings;
import dev.codexlsp.server.handler.CommandHandlers;
import dev.codexlsp.server.handler.ModeHandlers;
import dev.codexlsp.server.handler.ModelHandlers;
import dev.codexlsp.server.handler.ReviewHandlers;
import dev.codexlsp.server.handler.Routes;
import dev.codexlsp.server.handler.SkillHandlers;
import dev.codexlsp.server.handler.TerminalHandlers;
import dev.codexlsp.server.handler.ThreadHandlers;
import dev.codexlsp.server.handler.TurnHandlers;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
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
            ? serve()
            : CommandLineInterface.run(
                args,
                new CommandLineInterface.Commands(
                    Main::serve, Main::serveExec, Main::demonstrate, Main::examine)));
  }

  private static boolean isServer(List<String> args) {
    List<String> options =
        !args.isEmpty() && args.getFirst().equals("lsp") ? args.subList(1, args.size()) : args;
    return options.isEmpty() || options.equals(List.of("--stdio"));
  }

  private static int serve() {
    InputStream in = System.in;
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // From here on the protocol owns standard output; a stray print must not get into it.
    System.setOut(System.err);
    StderrLogging.install(System.getenv());

    Map<String, String> variables = UserVariables.in(System.getenv());
    ServerFacts facts = facts(variables);
    Lazy<Telemetry> telemetry = new Lazy<>(() -> telemetry(variables), Telemetry::close);
    Lazy<Codex> codex = new Lazy<>(() -> codex(facts, variables, telemetry.get()), Codex::close);
    ProcessEnd.closes(
        () -> {
          codex.close();
          telemetry.close();
        },
        System.err);
    Connection connection = new Connection(in, out, WireGson::write);
    Lifecycle lifecycle = new Lifecycle();
    LifecycleHandlers session =
        new LifecycleHandlers(facts, connection, lifecycle, new ParentWatch(() -> System.exit(1)));
    AgentSource agents = new AgentSource(codex, facts, connection.client(), session::client);
    try {
      connection.listen(new Routes(bindings(connection, session, agents), lifecycle));
    } catch (JsonRpcException broken) {
      Logger.getLogger(Main.class.getName())
          .log(Level.WARNING, "the client's stream failed", broken);
      return 1;
    } finally {
      agents.leave();
    }
    return lifecycle.exitStatus();
  }

  private static Bindings bindings(
      Connection connection, LifecycleHandlers session, AgentSource agents) {
    ThreadHandlers threads = new ThreadHandlers(agents, connection.handOff());
    ReviewHandlers reviews = new ReviewHandlers(agents, connection.handOff());
    TerminalHandlers terminals = new TerminalHandlers(agents, connection.handOff());
    TurnHandlers turns = new TurnHandlers(agents, connection.handOff());
    ModelHandlers models = new ModelHandlers(agents, connection.handOff());
    SkillHandlers skills = new SkillHandlers(agents, connection.handOff());
    CommandHandlers commands = new CommandHandlers(agents, connection.handOff());
    return new Bindings()
        .lspRequest("initialize", JsonElement.class, session::initialize)
        .lspNotification("initialized", JsonElement.class, session::initialized)
        .lspRequest("shutdown", JsonElement.class, session::shutdown)
        .lspNotification("exit", JsonElement.class, session::exit)
        .lspRequest("workspace/executeCommand", ExecuteCommandParams.class, commands::execute)
        .lspNotification(
            "window/workDoneProgress/cancel", JsonElement.class, agents::cancelProgress)
        .request(Methods.COLLABORATION_MODE_LIST, new ModeHandlers()::list)
        .request(Methods.REVIEW_START, reviews::start)
        .request(Methods.MODEL_LIST, models::list)
        .request(Methods.SKILLS_LIST, skills::list)
        .request(Methods.TERMINALS_CLEAN, terminals::clean)
        .request(Methods.TERMINALS_LIST, terminals::list)
        .request(Methods.TERMINALS_TERMINATE, terminals::terminate)
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
      ServerFacts facts, Map<String, String> variables, Telemetry telemetry) {
    Clock clock = Clock.system(ZoneId.systemDefault());
    SecureRandom random = new SecureRandom();
    ModelClient model =
        new ResponsesClient(
            HttpClients.create(
                CONNECT_TIMEOUT, Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())),
            new RetryDelay(random::nextDouble),
            Thread::sleep,
            clock);
    return new Codex(
        new Codex.Environment(
            facts.codexHome(),
            Path.of(System.getProperty("user.home")),
            variables,
            clock,
            random,
            VERSION,
            telemetry.api()),
        model,
        environments(facts, variables));
  }

  private static int examine() {
    StderrLogging.install(System.getenv());
    try (LocalBackend local = new LocalBackend(DRAIN_GRACE, UserVariables.in(System.getenv()))) {
      return Doctor.examine(local.sandboxReport(), System.out);
    } catch (InterruptedException ended) {
      return 1;
    }
  }

  private static Environments environments(ServerFacts facts, Map<String, String> variables) {
    LocalBackend local = new LocalBackend(DRAIN_GRACE, variables);
    UserShell shell = new UserShell(local.surroundings().shell().toString());
    return new Environments(
        new ExecEnvironment.Local(local, shell, variables, List.of(facts.codexHome())),
        new EnvironmentsLoader(
            facts.codexHome(), Path.of(System.getProperty("user.home")), variables),
        place -> new RemoteBackend(place, Timing.standard(DRAIN_GRACE), TraceContext::current));
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
