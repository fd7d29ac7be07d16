package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.codexlsp.core.config.MutatedToml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A running server whose user saves a spoilt `config.toml` again and again. A failure names the
/// seed.
@Timeout(90)
class ConfigFuzzIT {
  private static final int TEXTS = 40;

  @TempDir private Path home;

  @Test
  void theServerAnswersAndSaysWhatIsWrong() throws Exception {
    save(MutatedToml.VALID, 0);
    try (ServerProcess server =
        ServerProcess.start(
            home, ServerProcess.LAUNCHER, Map.of("CODEX_HOME", home.toString()), "lsp")) {
      server.initialize("{'capabilities':{}}");
      JsonObject valid = config(server, 0);
      assertThat(told).isZero();
      for (int i = 1; i <= TEXTS; i++) {
        save(MutatedToml.of(new Random(i)), i);
        JsonObject answer = config(server, i);
        assertThat(answer.has("result")).as("seed %d: %s", i, answer).isTrue();
      }
      assertThat(told).isGreaterThan(TEXTS / 4);
      save(MutatedToml.VALID, TEXTS + 1);
      assertThat(config(server, TEXTS + 1).get("result")).isEqualTo(valid.get("result"));
      // What is broken now keeps what has just been read.
      told = 0;
      save("model = ", TEXTS + 2);
      assertThat(config(server, TEXTS + 2).get("result")).isEqualTo(valid.get("result"));
      assertThat(told).isEqualTo(1);
      server.shutdownAndExit();
      assertThat(server.exitStatus()).isZero();
    }
  }

  /// How often the client was warned of a file that cannot be used.
  private int told;

  private JsonObject config(ServerProcess server, int id) throws Exception {
    server.send(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"codex/config/read\",\"params\":{}}"
            .formatted(id));
    while (true) {
      JsonObject message = server.receive();
      if (!message.has("method")) {
        return message;
      }
      if (message.toString().contains("Invalid configuration; what it said before")) {
        told++;
      }
    }
  }

  /// Two versions are never taken for one.
  private void save(String text, int version) throws Exception {
    Path file = Files.write(home.resolve("config.toml"), text.getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + version));
  }
}
