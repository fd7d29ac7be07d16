package dev.codexlsp.server.demo;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.time.Duration;

/// The walk with the scripted model, which also checks that what had to happen did. Belongs to the
/// demo's thread.
final class ScriptedWalk {
  private final Session session;
  private final Page page;

  /// How long the server may say nothing.
  private final Duration patience;

  ScriptedWalk(Session session, Page page, Duration patience) {
    this.session = session;
    this.page = page;
    this.patience = patience;
  }

  void run(Path workspace) throws DemoException, InterruptedException {
    page.headline("1. The server starts");
    session.initialize(workspace);
    page.headline("2. A thread");
    String thread = session.startThread(workspace);
    page.headline("3. A turn: the answer streams, and a command runs if you let it");
    turnWithCommand(thread);
    page.headline("4. A second turn, cancelled in its progress");
    cancelledTurn(thread);
    page.headline("5. The server ends");
    session.end();
  }

  private void turnWithCommand(String thread) throws DemoException, InterruptedException {
    TurnView turn = session.startTurn(thread, "How many notes do I have in notes.txt?");
    turn.watch(patience);
    require("the first turn", "completed", turn.turnStatus());
    require("its command", turn.acceptedCommand() ? "completed" : "declined", turn.commandStatus());
    requireProgress(turn);
  }

  private void cancelledTurn(String thread) throws DemoException, InterruptedException {
    TurnView turn = session.startTurn(thread, Script.COUNT + " until I stop you.");
    turn.watchUntilTextStreams(patience);
    session.cancelProgress(requireProgress(turn));
    page.line("you", "cancel (window/workDoneProgress/cancel)");
    turn.watch(patience);
    require("the second turn", "interrupted", turn.turnStatus());
  }

  private static JsonElement requireProgress(TurnView turn) throws DemoException {
    JsonElement token = turn.progressToken();
    if (token == null) {
      throw new DemoException("the server showed no progress");
    }
    return token;
  }

  private static void require(String what, String expected, String status) throws DemoException {
    if (!status.equals(expected)) {
      throw new DemoException(
          "%s should be %s and is %s"
              .formatted(what, expected, status.isEmpty() ? "missing" : status));
    }
  }
}
