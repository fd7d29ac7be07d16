package dev.codexlsp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.codexlsp.core.Codex;
import dev.codexlsp.core.config.ConfigPlaces;
import dev.codexlsp.core.session.ClientIdentity;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.server.ExecServer;
import dev.codexlsp.exec.server.Peer;
import dev.codexlsp.exec.server.StdioChannel;
import dev.codexlsp.exec.server.ws.WsAuth;
import dev.codexlsp.exec.server.ws.WsListener;
import dev.codexlsp.exec.telemetry.ExecTelemetry;
import dev.codexlsp.server.demo.Demo;
import dev.codexlsp.server.demo.Terminal;
import dev.codexlsp.server.handler.AgentSource;
import dev.codexlsp.server.handler.ClientMethods;
import dev.codexlsp.server.handler.Routes;
import dev.codexlsp.server.headless.Assignment;
import dev.codexlsp.server.headless.ExitStatus;
import dev.codexlsp.server.headless.Headless;
import dev.codexlsp.server.lsp.EditorSettings;
import dev.codexlsp.server.lsp.Lifecycle;
import dev.codexlsp.server.lsp.LifecycleHandlers;
import dev.codexlsp.server.lsp.ParentWatch;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.Connection;
import dev.codexlsp.server.rpc.FirstAnswer;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.jspecify.annotations.Nullable;

/// The door: one method for each command. Besides [Assembly], nothing else wires.
public final class Main {
  /// The same as the project's version; a test compares them.
  static final String VERSION = "0.1.0";

  /// What the model's service is told when no editor asks.
  private static final String HEADLESS = "codex_exec";

  /// How long the output of an exec-server's command may stay open; it has a time of its own for
  /// that.
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
    FirstAnswer.rehearse();
    InputStream in = System.in;
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // From here on the protocol owns standard output; a stray print must not get into it.
    System.setOut(System.err);
    StderrLogging.install(System.getenv());

    Assembly assembly = Assembly.of(System.getenv());
    Connection connection = new Connection(in, out, WireGson::write);
    EditorSettings settings = new EditorSettings(connection.client());
    // What an editor starts has no such options, and must not load what reads them.
    if (!options.config().isEmpty()) {
      try {
        assembly.places(options, settings);
      } catch (IllegalArgumentException wrong) {
        return wrongSetting(wrong);
      }
    }
    Lazy<Telemetry> telemetry = new Lazy<>(assembly::telemetry, Telemetry::close);
    Lazy<Codex> codex =
        new Lazy<>(
            () -> assembly.codex(assembly.places(options, settings), telemetry.get()),
            Codex::close);
    ProcessEnd.closes(
        () -> {
          codex.close();
          telemetry.close();
        },
        System.err);
    Lifecycle lifecycle = new Lifecycle();
    LifecycleHandlers session =
        new LifecycleHandlers(
            assembly.facts(), connection, lifecycle, new ParentWatch(() -> System.exit(1)));
    AgentSource agents =
        new AgentSource(codex, assembly.facts(), connection.client(), session::client);
    try {
      connection.listen(
          new Routes(
              ClientMethods.session(session, settings, agents),
              () -> ClientMethods.agent(agents, connection.handOff()),
              lifecycle));
    } catch (JsonRpcException broken) {
      Logger.getLogger(Main.class.getName())
          .log(Level.WARNING, "the client's stream failed", broken);
      return 1;
    } finally {
      agents.leave();
    }
    return lifecycle.exitStatus();
  }

  private static int wrongSetting(IllegalArgumentException wrong) {
    System.err.println("codex-lsp: -c is " + wrong.getMessage());
    return 2;
  }

  /// What is left open when the process is ended is closed by the same hook as the server's.
  private static int doAssignment(ServerOptions options, Assignment assignment) {
    InputStream in = System.in;
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    System.setOut(System.err);
    StderrLogging.install(System.getenv());
    Assembly assembly = Assembly.of(System.getenv());
    ConfigPlaces places;
    try {
      places = assembly.places(options, Map::of);
    } catch (IllegalArgumentException wrong) {
      return wrongSetting(wrong);
    }
    Telemetry telemetry = assembly.telemetry();
    Codex codex = assembly.codex(places, telemetry);
    ProcessEnd.closes(
        () -> {
          codex.close();
          telemetry.close();
        },
        System.err);
    String agent = assembly.facts().userAgent(HEADLESS, VERSION);
    try {
      ExitStatus status =
          new Headless(
                  codex,
                  new ClientIdentity(HEADLESS, "exec", agent),
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
    try {
      return Assembly.of(System.getenv()).examine(isJson, System.out);
    } catch (InterruptedException ended) {
      return 1;
    }
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
}
