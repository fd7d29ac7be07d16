package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.TurnId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A turn that ends while it is still found out what its model has to be told: what the user has
/// said by then is neither lost for the user nor for the next turn's model.
class UnpreparedTurnTest {
  private static final String ABORTED = "<turn_aborted>";

  @TempDir Path home;
  private final SilentPlace place = new SilentPlace();
  private final FakeSubscriber client = new FakeSubscriber();
  private Stage stage;
  private LiveThread thread;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, "response\nmessage \"Yes.\"\n");
    Files.writeString(
        home.resolve("environments.toml"),
        "default = \"far\"\n[[environments]]\nid = \"far\"\nurl = \"ws://127.0.0.1:1\"\n");
    thread = stage.open("thread-1", Stage.FREE, stage.launcherOver(_ -> place), client);
  }

  @AfterEach
  void close() throws Exception {
    thread.close();
    place.close();
    stage.close();
  }

  /// The user's words as the model reads them in the turn after this.
  private List<String> heardInTheNextTurn() throws Exception {
    place.speak();
    thread.start("third");
    client.untilTurnsEnded(2);
    List<String> heard = new ArrayList<>();
    for (JsonElement item : stage.model.awaitCall(1).body().getAsJsonArray("input")) {
      JsonObject message = item.getAsJsonObject();
      if (message.get("role").getAsString().equals("user")) {
        String text =
            message.getAsJsonArray("content").get(0).getAsJsonObject().get("text").getAsString();
        heard.add(text.startsWith(ABORTED) ? ABORTED : text);
      }
    }
    heard.removeIf(text -> text.startsWith("<environment_context>"));
    return heard;
  }

  @Test
  void anInterruptLosesNoWords() throws Exception {
    Told told = thread.start("first $skill");
    place.awaitAsked();
    assertThat(thread.interrupt(told.turn()).value()).isEqualTo(told.turn());

    assertThat(client.untilTurnsEnded(1))
        .endsWith(
            told.active(),
            told.started(),
            told.started(told.message()),
            told.completedItem(told.message()),
            told.idle(),
            told.interrupted());
    assertThat(heardInTheNextTurn()).containsExactly("first $skill", ABORTED, "third");
  }

  @Test
  void neitherThoseThatCameLater() throws Exception {
    Told told = thread.start("first");
    place.awaitAsked();
    FakeReply<TurnId> second = thread.steer(told.turn(), "second");
    assertThat(thread.interrupt(told.turn()).value()).isEqualTo(told.turn());

    ItemsBalance.check(client.untilTurnsEnded(1));
    assertThat(second.value()).isEqualTo(told.turn());
    assertThat(heardInTheNextTurn()).containsExactly("first", "second", ABORTED, "third");
  }

  @Test
  void aConfigurationThatIsBrokenLosesNoneEither() throws Exception {
    Path config = home.resolve("config.toml");
    String whole = Files.readString(config);
    Files.writeString(config, "model = \n");
    Told told = thread.start("first");
    ItemsBalance.check(client.untilTurnsEnded(1));
    Files.writeString(config, whole);

    assertThat(told.turn()).isEqualTo(new TurnId("id-1"));
    assertThat(heardInTheNextTurn()).containsExactly("first", "third");
  }
}
