package dev.codexlsp.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An interrupt right behind a question waits for its turn, and stops it: whether the model has
/// been asked by then is a matter of luck, which is why this is no conversation file.
class AskAndInterruptIT {

  @Test
  void interruptIsNotTooEarly(@TempDir Path folder) throws Exception {
    String script =
        """
        response
        gate "busy"
        """;
    try (Stage stage = new Stage(folder, script, null, Set.of())) {
      FakeClient client = stage.client(Set.of(), message -> {});
      client.request(
          "workspace/executeCommand",
          JsonParser.parseString("{\"command\":\"codex.ask\",\"arguments\":[\"a question\"]}"));
      int interrupt =
          client.request(
              "workspace/executeCommand",
              JsonParser.parseString("{\"command\":\"codex.interrupt\",\"arguments\":null}"));
      assertThat(client.awaitResponse(interrupt).get("result").isJsonNull()).isTrue();
      JsonObject shown = client.await("window/showMessage");
      assertThat(shown.getAsJsonObject("params").get("message").getAsString())
          .isEqualTo("Codex was interrupted.");
    }
  }
}
