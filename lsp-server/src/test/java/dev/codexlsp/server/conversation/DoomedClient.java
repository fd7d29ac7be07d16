package dev.codexlsp.server.conversation;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Set;

/// A client in a process of its own, which gets a command to run, prints what the command prints,
/// and then waits to be killed.
final class DoomedClient {
  private static final String SCRIPT =
      """
      response
      call {"name":"exec_command","callId":"c","arguments":{"cmd":"sleep 300 & echo $!; wait"}}
      """;

  private DoomedClient() {}

  /// Starts a turn whose command never ends, and stays.
  ///
  /// @param args an empty folder
  public static void main(String[] args) throws Exception {
    try (Stage stage = new Stage(Path.of(args[0]), SCRIPT, null, Set.of())) {
      FakeClient client = stage.client(Set.of(ClientWish.APPROVALS), message -> {});
      stage.openAndAsk(client, "run it");
      client.await("codex/item/commandExecution/requestApproval");
      client.answer(
          "codex/item/commandExecution/requestApproval",
          "result",
          JsonParser.parseString("{\"decision\":\"accept\"}"));
      JsonObject delta = client.await("codex/item/commandExecution/outputDelta");
      System.out.print(
          stage.server().process().pid()
              + " "
              + delta.getAsJsonObject("params").get("delta").getAsString());
      System.out.flush();
      // The test holds the other end; nothing is ever written.
      System.in.read();
    }
  }
}
