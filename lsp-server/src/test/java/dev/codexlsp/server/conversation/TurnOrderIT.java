package dev.codexlsp.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client knows a turn's id before it hears of the turn, however often it asks.
class TurnOrderIT {
  private static final int TURNS = 1000;

  @Test
  void responseComesBeforeTurnStarted(@TempDir Path folder) throws Exception {
    List<JsonObject> seen = new ArrayList<>();
    // Each turn ends at once, because the model refuses.
    try (Stage stage = new Stage(folder, "", null, Set.of())) {
      FakeClient client = stage.client(Set.of(), seen::add);
      int id = stage.openAndAsk(client, "first");
      JsonObject first = client.await("codex/turn/completed");
      String thread = first.getAsJsonObject("params").get("threadId").getAsString();
      assertThat(order(seen, id)).containsExactly("response", "started");
      for (int i = 1; i < TURNS; i++) {
        seen.clear();
        id = stage.ask(client, thread, "again");
        client.await("codex/turn/completed");
        assertThat(order(seen, id)).containsExactly("response", "started");
      }
    }
  }

  private static List<String> order(List<JsonObject> messages, int id) {
    List<String> order = new ArrayList<>();
    for (JsonObject message : messages) {
      if (!message.has("method") && message.get("id").getAsInt() == id) {
        order.add("response");
      } else if (message.has("method")
          && message.get("method").getAsString().equals("codex/turn/started")) {
        order.add("started");
      }
    }
    return order;
  }
}
