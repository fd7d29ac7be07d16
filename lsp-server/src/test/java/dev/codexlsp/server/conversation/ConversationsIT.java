package dev.codexlsp.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays every conversation file against the packaged server over stdio. `mvn verify
/// -DupdateGolden` writes down what happens; read the difference before you keep it.
/// `-Dconversations=TEXT` plays only those whose names contain the text.
class ConversationsIT {
  private static final Path FOLDER = Path.of("src", "test", "resources", "conversations");

  static List<String> names() throws IOException {
    String wanted = System.getProperty("conversations", "");
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(wanted))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void plays(String name, @TempDir Path folder) throws Exception {
    Path file = FOLDER.resolve(name);
    Conversation conversation = Conversation.read(file);
    String happened;
    try (Stage stage =
        new Stage(
            folder,
            new Stage.Scenery(
                conversation.model(),
                conversation.config(),
                conversation.execServer(),
                conversation.environments()),
            conversation.client())) {
      happened = played(conversation, stage);
    }
    if (System.getProperty("updateGolden") != null) {
      Files.writeString(file, happened);
    } else {
      assertThat(happened).as(name).isEqualTo(Files.readString(file));
    }
  }

  /// A conversation that gets stuck is shown as far as it came.
  private static String played(Conversation conversation, Stage stage) throws Exception {
    ConversationRunner runner = new ConversationRunner(conversation, stage);
    try {
      return runner.play();
    } catch (AssertionError | RuntimeException stuck) {
      stage.server().close();
      throw new AssertionError(
          stuck.getMessage() + "\n" + runner.transcript() + stage.server().stderr(), stuck);
    }
  }
}
