package dev.codexlsp.server.conversation;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Set;

/// A client in a process of its own, which gets a command to run, says that it runs, and then waits
/// to be killed.
final class DoomedClient {
  private static final String SCRIPT =
      """
      response
      call {"name":"exec_command","callId":"c","arguments":{"cmd":"exec 3>$FIFO; sleep 300 & echo runs; wait"}}
      """;

  private DoomedClient() {}

  /// Starts a turn whose command never ends, and stays.
  ///
  /// @param args an empty folder, and a pipe which the command holds open
  public static void main(String[] args) throws Exception {
    try (Stage stage =
        new Stage(Path.of(args[0]), SCRIPT.replace("$FIFO", args[1]), null, Set.of())) {
      FakeClient client = stage.client(Set.of(ClientWish.APPROVALS), message -> {});
      stage.openAndAsk(client, "run it");
      client.await("codex/item/commandExecution/requestApproval");
      client.answer(
          "codex/item/commandExecution/requestApproval",
          "result",
          JsonParser.parseString("{\"decision\":\"accept\"}"));
      client.await("codex/item/commandExecution/outputDelta");
      System.out.println(stage.server().process().pid());
      // The test holds the other end; nothing is ever written.
      System.in.read();
    }
  }
}
