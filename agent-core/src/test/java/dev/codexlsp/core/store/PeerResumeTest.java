package dev.codexlsp.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.ReviewTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The original goes on with a thread that we wrote, but never while we write it. Needs its binary:
/// `-Dcodex.peer=FILE`.
@Tag("peer")
class PeerResumeTest {
  private static final String PROMPT = "And now the second prompt";

  @TempDir Path folder;
  String binary;
  Path home;
  Path work;
  LoopbackModel model;
  Rollout rollout;

  private record Ended(int exitCode, String output) {}

  @BeforeEach
  void open() throws Exception {
    binary = System.getProperty("codex.peer", "");
    assertThat(binary).as("the original's binary, to be given as -Dcodex.peer=FILE").isNotEmpty();
    home = Files.createDirectories(folder.resolve("home"));
    work = Files.createDirectories(folder.resolve("work"));
    // The original refuses some helpers when its home lies below the folder for temporary files.
    Files.createDirectories(folder.resolve("tmp"));
    model = new LoopbackModel();
    Files.writeString(
        home.resolve("config.toml"),
        """
        model = "gpt-5.5"
        model_provider = "loopback"
        [model_providers.loopback]
        name = "Loopback"
        base_url = "%s"
        """
            .formatted(model.baseUrl()));
    rollout = new ThreadStore(home, Clock.systemUTC()).create(Conversation.meta(work, "loopback"));
    Conversation.firstTurn(rollout, work);
  }

  @AfterEach
  void close() {
    if (rollout != null) {
      rollout.close();
    }
    if (model != null) {
      model.close();
    }
  }

  @Test
  void resumesWithTheWholeHistoryInOrder() throws Exception {
    Conversation.review(rollout, new ReviewTarget.UncommittedChanges());
    Conversation.plan(rollout);
    rollout.close();
    String ours = Files.readString(rollout.path());

    model.answer();
    Process peer = resume();
    JsonObject request = Objects.requireNonNull(model.awaitRequest());
    Ended resumed = ended(peer);

    assertThat(resumed.exitCode()).as(resumed.output()).isZero();
    assertThat(resumed.output()).contains(LoopbackModel.ANSWER);
    assertThat(model.unseenRequests()).isZero();
    List<String> sent = new ArrayList<>();
    for (JsonElement item : request.getAsJsonArray("input")) {
      sent.add(essence(item.getAsJsonObject()));
    }
    assertThat(sent).containsSubsequence(history(ours)).endsWith(essence(userMessage(PROMPT)));
    assertThat(sent.getFirst()).contains("Be helpful.");
    assertThat(Files.readString(rollout.path())).startsWith(ours).contains(LoopbackModel.ANSWER);
  }

  @Test
  void goesOnFromTheSummaryInAWindowOfItsOwn() throws Exception {
    Conversation.compaction(rollout);
    rollout.close();

    model.answer();
    Process peer = resume();
    JsonObject request = Objects.requireNonNull(model.awaitRequest());
    Ended resumed = ended(peer);

    assertThat(resumed.exitCode()).as(resumed.output()).isZero();
    List<String> sent = new ArrayList<>();
    for (JsonElement item : request.getAsJsonArray("input")) {
      sent.add(essence(item.getAsJsonObject()));
    }
    List<String> kept =
        Conversation.COMPACTED.history().stream().map(item -> essence(item.json())).toList();
    assertThat(sent).containsSubsequence(kept).endsWith(essence(userMessage(PROMPT)));
    assertThat(String.join("\n", sent)).doesNotContain("Done.", "Gr\u00fc\u00dfe", "exec_command");
    assertThat(request.getAsJsonObject("client_metadata").get("x-codex-window-id").getAsString())
        .isEqualTo(Conversation.THREAD + ":1");
  }

  @Test
  void isRefusedAsLongAsWeWriteTheThread() throws Exception {
    String ours = Files.readString(rollout.path());

    Ended refused = ended(resume());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("thread " + Conversation.THREAD + " already has an active writer");
    assertThat(model.unseenRequests()).isZero();
    assertThat(Files.readString(rollout.path())).isEqualTo(ours);
  }

  @Test
  void weAreRefusedAsLongAsTheOriginalWritesTheThread() throws Exception {
    rollout.close();
    Process peer = resume();
    assertThat(model.awaitRequest()).isNotNull();

    assertThatThrownBy(() -> WriterLock.acquire(home, Conversation.THREAD))
        .isInstanceOf(ThreadInUseException.class);

    model.answer();
    Ended resumed = ended(peer);
    assertThat(resumed.exitCode()).as(resumed.output()).isZero();
    WriterLock.acquire(home, Conversation.THREAD).close();
  }

  private Process resume() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                binary,
                "exec",
                "resume",
                "--skip-git-repo-check",
                Conversation.THREAD.value(),
                PROMPT)
            .directory(work.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(folder.resolve("output").toFile())
            .redirectErrorStream(true);
    builder.environment().put("CODEX_HOME", home.toString());
    builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
    return builder.start();
  }

  private Ended ended(Process peer) throws Exception {
    try {
      assertThat(peer.waitFor(60, TimeUnit.SECONDS)).as("the original has ended").isTrue();
    } finally {
      peer.destroyForcibly();
    }
    return new Ended(peer.exitValue(), Files.readString(folder.resolve("output")));
  }

  private static List<String> history(String rollout) {
    return rollout
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(line -> line.get("type").getAsString().equals("response_item"))
        .map(line -> essence(line.getAsJsonObject("payload")))
        .toList();
  }

  private static JsonObject userMessage(String text) {
    return ResponseItem.message("user", text).json();
  }

  /// An item without the members that the original adds, drops or moves on the way.
  private static String essence(JsonObject item) {
    JsonObject essence = new JsonObject();
    for (String member :
        List.of("type", "role", "content", "summary", "name", "arguments", "call_id", "output")) {
      JsonElement value = item.get(member);
      if (value != null && !value.isJsonNull()) {
        essence.add(member, value);
      }
    }
    return essence.toString();
  }
}
