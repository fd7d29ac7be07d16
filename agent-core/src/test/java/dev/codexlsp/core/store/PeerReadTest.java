package dev.codexlsp.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.thread.ReviewTarget;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The original shows what a client of ours was shown. Needs its binary: `-Dcodex.peer=FILE`.
@Tag("peer")
class PeerReadTest {
  @TempDir Path folder;
  private Path home;
  private Path work;

  @BeforeEach
  void write() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    work = Files.createDirectories(folder.resolve("work"));
    // The original refuses some helpers when its home lies below the folder for temporary files.
    Files.createDirectories(folder.resolve("tmp"));
    ThreadStore store = new ThreadStore(home, Clock.systemUTC());
    try (Rollout rollout = store.create(Conversation.meta(work, "openai"))) {
      Conversation.firstTurn(rollout, work);
      Conversation.review(rollout, new ReviewTarget.Commit("1234567890", null));
      Conversation.plan(rollout);
    }
  }

  @Test
  void plansAndReviewsAreItemsOfTheirTurns() throws Exception {
    List<String> shown = new ArrayList<>();
    for (JsonElement turn : read().getAsJsonArray("turns")) {
      for (JsonElement item : turn.getAsJsonObject().getAsJsonArray("items")) {
        shown.add(essence(turn.getAsJsonObject(), item.getAsJsonObject()));
      }
    }
    assertThat(shown)
        .containsSubsequence(
            Conversation.SECOND + " enteredReviewMode the label",
            Conversation.SECOND
                + " exitedReviewMode It loses data.\n\nReview comment:\n\n"
                + "- [P1] Loses a line \u2014 /w/a.py:3-5\n  At the end.",
            Conversation.SECOND + " agentMessage It loses data.",
            Conversation.THIRD + " plan - one step\n");
  }

  private static String essence(JsonObject turn, JsonObject item) {
    JsonElement text = item.get(item.has("review") ? "review" : "text");
    return turn.get("id").getAsString()
        + " "
        + item.get("type").getAsString()
        + (text == null ? "" : " " + text.getAsString());
  }

  /// The thread as the original's server tells it.
  private JsonObject read() throws Exception {
    String binary = System.getProperty("codex.peer", "");
    assertThat(binary).as("the original's binary, to be given as -Dcodex.peer=FILE").isNotEmpty();
    ProcessBuilder builder =
        new ProcessBuilder(binary, "app-server")
            .directory(work.toFile())
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().put("CODEX_HOME", home.toString());
    builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
    Process peer = builder.start();
    try (BufferedReader answers = peer.inputReader(StandardCharsets.UTF_8);
        var requests = peer.outputWriter(StandardCharsets.UTF_8)) {
      requests.write(
          """
          {"id":1,"method":"initialize","params":{"clientInfo":{"name":"t","version":"1"}}}
          {"method":"initialized"}
          {"id":2,"method":"thread/read","params":{"threadId":"%s","includeTurns":true}}
          """
              .formatted(Conversation.THREAD));
      requests.flush();
      return answers
          .lines()
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .filter(message -> message.has("id") && message.get("id").getAsInt() == 2)
          .findFirst()
          .orElseThrow()
          .getAsJsonObject("result")
          .getAsJsonObject("thread");
    } finally {
      // Its requests have ended, so it ends as well.
      peer.onExit().get(20, TimeUnit.SECONDS);
    }
  }
}
