package dev.codexlsp.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our credentials stay with us: a command that prints its environment does not find them.
class CommandEnvironmentIT {
  private static final String SCRIPT =
      """
      response
      call {"name":"exec_command","callId":"c","arguments":{"cmd":"env"}}
      response
      message "Done."
      """;

  @Test
  void holdsNoCredentials(@TempDir Path folder) throws Exception {
    List<JsonObject> seen = new ArrayList<>();
    try (Stage stage = new Stage(folder, SCRIPT, null, Set.of())) {
      FakeClient client = stage.client(Set.of(ClientWish.APPROVALS), seen::add);
      stage.openAndAsk(client, "print it");
      client.await("codex/item/commandExecution/requestApproval");
      client.answer(
          "codex/item/commandExecution/requestApproval",
          "result",
          JsonParser.parseString("{\"decision\":\"accept\"}"));
      client.await("codex/turn/completed");
      String told = stage.model().calls().getLast().body().get("input").toString();
      assertThat(told).contains("PATH=").doesNotContain("MOCK_KEY");
    }
    assertThat(seen.toString()).contains("PATH=").doesNotContain(Stage.KEY);
  }
}
