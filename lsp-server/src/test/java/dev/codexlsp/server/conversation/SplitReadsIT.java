package dev.codexlsp.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Characters of several bytes survive when every byte comes alone, from the client and from the
/// model.
class SplitReadsIT {
  private static final String TEXT = "h\u00e9llo \u20ac \ud83d\ude00";

  @Test
  void everyByteAlone(@TempDir Path folder) throws Exception {
    List<JsonObject> seen = new ArrayList<>();
    String script = "response\nbytewise\nmessage {\"text\": \"" + TEXT + "\", \"chunk\": 1}";
    try (Stage stage = new Stage(folder, script, null, Set.of())) {
      FakeClient client = stage.client(Set.of(), seen::add);
      JsonObject params = new JsonObject();
      params.addProperty("command", "codex.ask");
      params.add("arguments", JsonParser.parseString("[\"" + TEXT + "\"]"));
      JsonObject message = new JsonObject();
      message.addProperty("jsonrpc", "2.0");
      message.addProperty("id", "bytes");
      message.addProperty("method", "workspace/executeCommand");
      message.add("params", params);
      byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
      stage.server().sendRaw("Content-Length: " + body.length + "\r\n\r\n");
      for (byte b : body) {
        stage.server().sendRaw(new byte[] {b});
      }
      JsonObject shown = client.await("window/showMessage");
      assertThat(shown.getAsJsonObject("params").get("message").getAsString()).isEqualTo(TEXT);
      assertThat(stage.model().calls().getFirst().body().get("input").toString()).contains(TEXT);
    }
  }
}
