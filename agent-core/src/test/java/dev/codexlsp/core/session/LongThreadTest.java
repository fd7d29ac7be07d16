package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thread of five hundred turns, whose history gets shorter three times on the way. What must
/// hold for each request is checked by the [LongModel].
class LongThreadTest {
  private static final int TURNS = 500;
  private static final int LIMIT = 25_000;

  @TempDir Path home;

  @Test
  void keepsItsPromises() throws Exception {
    FakeSubscriber client = new FakeSubscriber();
    LongModel model = new LongModel(LIMIT);
    try (Stage stage = new Stage(home, "")) {
      Path config = home.resolve("config.toml");
      Files.writeString(
          config, "model_auto_compact_token_limit = " + LIMIT + "\n" + Files.readString(config));
      LiveThread thread = stage.open("thread-1", Stage.FREE, stage.launcher(model), client);
      for (int turn = 1; turn <= TURNS; turn++) {
        thread.start("turn " + turn);
        client.untilTurnsEnded(turn);
      }
      thread.close();

      assertThat(model.summaries()).isEqualTo(3);
      List<ThreadEvent> events = client.events();
      ItemsBalance.check(events);
      assertThat(statuses(events)).hasSize(TURNS).containsOnly(Turn.Status.COMPLETED);
      assertThat(compactions(events)).isEqualTo(3);
      assertUsageAddsUp(events);
      assertEveryWordIsKept(thread.path());
    }
  }

  private static List<Turn.Status> statuses(List<ThreadEvent> events) {
    return events.stream()
        .filter(ThreadEvent.TurnCompleted.class::isInstance)
        .map(ended -> ((ThreadEvent.TurnCompleted) ended).turn().status())
        .toList();
  }

  private static long compactions(List<ThreadEvent> events) {
    return events.stream()
        .filter(event ->
            event instanceof ThreadEvent.ItemCompleted completed
                && completed.item() instanceof Item.ContextCompaction)
        .count();
  }

  /// What is only an estimate has no input of its own, and costs nothing.
  private static void assertUsageAddsUp(List<ThreadEvent> events) {
    TokenUsage.Breakdown total = TokenUsage.Breakdown.ZERO;
    for (ThreadEvent event : events) {
      if (event instanceof ThreadEvent.TokenUsageUpdated(var _, var _, TokenUsage usage)) {
        if (usage.last().inputTokens() > 0) {
          total = total.plus(usage.last());
        }
        assertThat(usage.total()).isEqualTo(total);
      }
    }
  }

  private static void assertEveryWordIsKept(Path rollout) throws Exception {
    List<JsonObject> lines =
        Files.readAllLines(rollout).stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .filter(line -> line.get("type").getAsString().equals("compacted"))
            .map(line -> line.getAsJsonObject("payload"))
            .toList();
    assertThat(lines)
        .extracting(line -> line.get("window_number").getAsInt())
        .containsExactly(1, 2, 3);
    String history = lines.getLast().get("replacement_history").toString();
    int lastTurn = history.lastIndexOf("\"turn ");
    int known =
        Integer.parseInt(history.substring(lastTurn + 6, history.indexOf('"', lastTurn + 6)));
    assertThat(known).isGreaterThan(300);
    assertThat(history)
        .contains(IntStream.rangeClosed(1, known).mapToObj(n -> "\"turn " + n + "\"").toList())
        .contains("summary 3")
        .doesNotContain("summary 2", "function_call");
  }
}
