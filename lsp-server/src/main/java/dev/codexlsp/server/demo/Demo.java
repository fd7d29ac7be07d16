package dev.codexlsp.server.demo;

import dev.codexlsp.server.client.VisibleText;
import dev.codexlsp.server.demo.ServerChild.Start;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Walks through the server in front of somebody's eyes.
///
/// Runs on the thread of its caller, which becomes the demo's thread. Whatever it opens it also
/// gives to `atEnd`, because an interrupt from the keyboard ends the process in the middle.
public final class Demo {
  /// The scripted model is never silent for long.
  private static final Duration SCRIPTED_PATIENCE = Duration.ofSeconds(20);

  /// A real model may think, and its commands may run, that long without a word.
  private static final Duration LIVE_PATIENCE = Duration.ofMinutes(15);

  private static final Duration PACE = Duration.ofMillis(40);

  private final Terminal terminal;
  private final PrintStream err;
  private final String mainClass;
  private final Consumer<AutoCloseable> atEnd;
  private final Page page;

  /// @param err where it says why it failed
  /// @param mainClass the program's
  /// @param atEnd closes what it gets when the process ends, however that comes
  public Demo(Terminal terminal, PrintStream err, String mainClass, Consumer<AutoCloseable> atEnd) {
    this.terminal = terminal;
    this.err = err;
    this.mainClass = mainClass;
    this.atEnd = atEnd;
    this.page = new Page(terminal.out());
  }

  /// One demo.
  private interface Walk {
    void run() throws DemoException, IOException, InterruptedException;
  }

  /// The whole walk, with the scripted model.
  ///
  /// @return the exit status
  public int scripted(boolean acceptsAll) {
    return run(() -> walkScripted(acceptsAll));
  }

  /// One turn with the provider that the user has configured, in the current directory.
  ///
  /// @return the exit status
  public int live(String prompt, boolean acceptsAll) {
    return run(() -> walkLive(prompt, acceptsAll));
  }

  private int run(Walk walk) {
    String failure;
    try {
      walk.run();
      return 0;
    } catch (DemoException | IOException e) {
      failure = e instanceof DemoException ? String.valueOf(e.getMessage()) : e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "interrupted";
    }
    page.endStream();
    err.println("codex-lsp: the demo failed: " + VisibleText.onTerminal(failure));
    return 1;
  }

  private void walkScripted(boolean acceptsAll)
      throws DemoException, IOException, InterruptedException {
    page.headline("This is the real server. The model behind it is scripted: it is no AI, it says");
    page.plain("the same every time, and nothing leaves this machine.");
    try (ScriptedModel model = ScriptedModel.start(PACE);
        DemoFolder folder = DemoFolder.create(model)) {
      Map<String, String> environment =
          Map.of(
              "CODEX_HOME", folder.home().toString(),
              // Login scripts of the user have no part in this.
              "HOME", folder.home().toString(),
              "OPENAI_API_KEY", "");
      try (ServerChild server = start(environment)) {
        atEnd.accept(inOrder(server, folder));
        new ScriptedWalk(session(server, acceptsAll), page, SCRIPTED_PATIENCE)
            .run(folder.workspace());
      }
    }
    page.headline("Done. The temporary folder is removed.");
    page.plain("With your own model: codex-lsp demo --live \"your prompt\"");
  }

  private void walkLive(String prompt, boolean acceptsAll)
      throws DemoException, IOException, InterruptedException {
    Path workspace = Path.of("").toAbsolutePath();
    try (ServerChild server = start(Map.of())) {
      atEnd.accept(server);
      Session session = session(server, acceptsAll);
      session.initialize(workspace);
      TurnView turn = session.startTurn(session.startThread(workspace), prompt);
      turn.watch(LIVE_PATIENCE);
      session.end();
      if (!turn.turnStatus().equals("completed")) {
        throw new DemoException("the turn ended " + turn.turnStatus() + because(turn.error()));
      }
    }
  }

  /// The server first, because it writes into the folder.
  private static AutoCloseable inOrder(AutoCloseable server, AutoCloseable folder) {
    return () -> {
      server.close();
      folder.close();
    };
  }

  private static String because(String error) {
    return error.isEmpty() ? "" : ": " + error;
  }

  /// In our own working directory, because the class path may be relative to it.
  private ServerChild start(Map<String, String> environment) throws DemoException {
    List<String> command = JvmCommand.server(ProcessHandle.current().info(), mainClass);
    return ServerChild.start(new Start(command, environment));
  }

  private Session session(ServerChild server, boolean acceptsAll) {
    return new Session(server, page, new Approvals(terminal, page, acceptsAll));
  }
}
