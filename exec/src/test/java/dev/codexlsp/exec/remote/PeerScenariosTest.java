package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.server.conversation.ClientEnd;
import dev.codexlsp.exec.server.conversation.ExecConversation;
import dev.codexlsp.exec.server.conversation.Scenarios;
import dev.codexlsp.exec.server.conversation.Stage;
import dev.codexlsp.exec.server.conversation.TextEar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scenarios that our server plays, with the original's: where it answers otherwise is written
/// down, and nowhere else. The sentences of errors are left out but for those of the system, ours
/// are our own, and so is the order of names in a directory. Needs its binary: `-Dcodex.peer=FILE`.
@Tag("peer")
class PeerScenariosTest {
  private static final Path DIFFERENCES =
      Path.of("..", "exec", "src", "test", "resources", "exec-server-differences.txt");

  private static final Pattern MESSAGE =
      Pattern.compile(",\"message\":\"(?!.*\\(os error).*\"(?=}})");

  /// A read that waits holds the original up, so a write behind it never comes.
  private static final String READ = "read.txt";

  /// Not among the temporary folders, where the original does not keep what it confines with.
  @TempDir(factory = InBuildFolder.class)
  private Path home;

  @Test
  void answersOtherwiseOnlyWhereItIsWrittenDown() throws Exception {
    List<String> differences = new ArrayList<>();
    Map<String, String> variables = new HashMap<>(PeerServer.environment(home));
    variables.put("SHELL", "/bin/sh");
    variables.put("MY_VARIABLE", "mine");
    try (PeerServer server = PeerServer.listen(variables)) {
      for (Path scenario : Scenarios.all()) {
        if (scenario.endsWith(READ)) {
          continue;
        }
        Path folder = Files.createTempDirectory(home, "scenario");
        try (Stage stage = new Stage(folder)) {
          String expected = Files.readString(scenario);
          ExecConversation.Server dialled = () -> new End(server.uri());
          String heard = new ExecConversation(dialled, stage.variables()).play(expected);
          differences.addAll(differences(scenario.getFileName().toString(), expected, heard));
        }
      }
    }
    String written = String.join("\n", differences) + "\n";
    if (System.getProperty("updateGolden") != null) {
      Files.writeString(DIFFERENCES, written);
    }
    assertThat(written).isEqualTo(Files.readString(DIFFERENCES));
  }

  private static List<String> differences(String name, String ours, String theirs) {
    List<String> own = ours.lines().map(PeerScenariosTest::essence).toList();
    List<String> other = theirs.lines().map(PeerScenariosTest::essence).toList();
    List<String> differences = new ArrayList<>();
    own.stream()
        .filter(line -> !other.contains(line))
        .map(line -> name + " ours   " + line)
        .forEach(differences::add);
    other.stream()
        .filter(line -> !own.contains(line))
        .map(line -> name + " theirs " + line)
        .forEach(differences::add);
    return differences;
  }

  private static String essence(String line) {
    String essence = MESSAGE.matcher(line).replaceFirst("");
    return essence.contains("fileName")
        ? Stream.of(essence.split("(?=\\{)|(?<=\\}),?")).sorted().collect(Collectors.joining())
        : essence;
  }

  private static final class End implements ClientEnd {
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    End(URI uri) throws Exception {
      socket =
          http.newWebSocketBuilder()
              .buildAsync(uri, new TextEar(received))
              .get(20, TimeUnit.SECONDS);
    }

    @Override
    public void send(String message) throws Exception {
      socket.sendText(message, true).get(20, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable String receive(Duration limit) throws Exception {
      return received.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void cut() {
      socket.abort();
      http.shutdownNow();
    }
  }
}
