package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.server.conversation.FakeClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An editor that wants to be asked for its settings. Whoever needs the configuration waits for its
/// answer, which the reader brings: so the reader must not be among those who wait.
@Timeout(30)
class EditorSettingsIT {

  @Test
  void aQuestionAboutTheConfigurationWaitsForTheEditorsAnswer(@TempDir Path home) throws Exception {
    ServerProcess server =
        ServerProcess.start(
            home, ServerProcess.LAUNCHER, Map.of("CODEX_HOME", home.toString()), "lsp");
    try (server) {
      server.initialize("{'capabilities':{'workspace':{'configuration':true}}}");
      FakeClient client = new FakeClient(server, message -> {});
      client.await("workspace/configuration");

      int question = client.request("codex/modelProvider/list", new JsonObject());
      JsonArray settings =
          JsonParser.parseString("[{\"model_provider\":\"ollama\"}]").getAsJsonArray();
      client.answer("workspace/configuration", "result", settings);

      assertThat(
              client
                  .awaitResponse(question)
                  .getAsJsonObject("result")
                  .get("defaultProviderId")
                  .getAsString())
          .isEqualTo("ollama");
      server.shutdownAndExit();
    }
  }
}
