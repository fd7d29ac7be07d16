package dev.codexlsp.exec.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The scenarios that are written down. `mvn verify -DupdateGolden` writes down what happens; read
/// the difference before you keep it.
public final class Scenarios {
  /// The working directory of a module's tests is the module.
  private static final Path FOLDER =
      Path.of("..", "exec", "src", "test", "resources", "exec-server");

  private Scenarios() {}

  public static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  /// Plays one and compares.
  ///
  /// @param folder an empty one
  public static void check(Path scenario, ExecConversation.Server server, Path folder)
      throws Exception {
    String expected = Files.readString(scenario);
    try (Stage stage = new Stage(folder)) {
      String heard = new ExecConversation(server, stage.variables()).play(expected);
      if (System.getProperty("updateGolden") != null) {
        Files.writeString(scenario, heard);
      }
      assertThat(heard).isEqualTo(expected);
    }
  }
}
