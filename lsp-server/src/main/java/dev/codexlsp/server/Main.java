package dev.codexlsp.server;

import com.google.gson.JsonElement;
import dev.codexlsp.server.handler.Bindings;
import dev.codexlsp.server.handler.Routes;
import dev.codexlsp.server.lsp.Lifecycle;
import dev.codexlsp.server.lsp.LifecycleHandlers;
import dev.codexlsp.server.lsp.ParentWatch;
import dev.codexlsp.server.lsp.ServerFacts;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.Connection;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;

/// The door, and the only place that wires.
public final class Main {
  /// The same as the project's version; a test compares them.
  static final String VERSION = "0.1.0";

  private Main() {}

  /// The server is dispatched before the command line library is even loaded: an editor waits for
  /// it.
  public static void main(String[] args) {
    System.exit(isServer(List.of(args)) ? serve() : CommandLineInterface.run(args, Main::serve));
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

    Connection connection = new Connection(in, out, WireGson::write);
    Lifecycle lifecycle = new Lifecycle();
    LifecycleHandlers session =
        new LifecycleHandlers(
            facts(System.getenv()), connection, lifecycle, new ParentWatch(() -> System.exit(1)));
    Bindings bindings =
        new Bindings()
            .lspRequest("initialize", JsonElement.class, session::initialize)
            .lspNotification("initialized", JsonElement.class, session::initialized)
            .lspRequest("shutdown", JsonElement.class, session::shutdown)
            .lspNotification("exit", JsonElement.class, session::exit)
            .requireExactly(Methods.CLIENT_REQUESTS);
    try {
      connection.listen(new Routes(bindings, lifecycle));
    } catch (JsonRpcException broken) {
      Logger.getLogger(Main.class.getName())
          .log(Level.WARNING, "the client's stream failed", broken);
      return 1;
    }
    return lifecycle.exitStatus();
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
