package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What no conversation shows of files: much of them, and connections that end meanwhile.
class FileRequestsTest {
  private final ExecServer server =
      new ExecServer(
          new FakePlace(),
          new ExecServer.Facts("1.2.3", Map.of()),
          ExecServer.Limits.withConcurrentRequests(1),
          ExecObserver.NONE);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aFileIsWrittenWhollyThoughTheConnectionEndsMeanwhile() throws Exception {
    byte[] content = new byte[10 * 1024 * 1024];
    Arrays.fill(content, (byte) 'n');
    String data = Base64.getEncoder().encodeToString(content);
    for (int round = 0; round < 5; round++) {
      Path file = Files.writeString(folder.resolve("file" + round), "old");
      FakeClient client = FakeClient.ready(server);
      client.ask("fs/writeFile", "{'path':'" + file.toUri() + "','dataBase64':'" + data + "'}");
      await(() -> Files.size(file) != 3);
      client.cut();
      await(() -> Files.size(file) == content.length);
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long endBy = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(endBy);
      Thread.onSpinWait();
    }
  }

  @Test
  void aFileIsReadWholeUpToWhatFitsInAMessage() throws Exception {
    Path file = folder.resolve("sparse");
    FakeClient client = FakeClient.ready(server);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(FileHandlers.READ_LIMIT);
      JsonObject read =
          client.call("fs/readFile", "{'path':'" + file.toUri() + "'}").getAsJsonObject();
      assertThat(read.get("dataBase64").getAsString().length())
          .isGreaterThan(60 * 1024 * 1024)
          .isLessThan(64 * 1024 * 1024 - 1024);
      sparse.setLength(FileHandlers.READ_LIMIT + 1);
      assertThat(client.call("fs/readFile", "{'path':'" + file.toUri() + "'}"))
          .isEqualTo(
              json(
                  "{'code':-32600,'message':'file is larger than 49283072 bytes, to be read by"
                      + " fs/open: "
                      + file
                      + "'}"));
    }
  }

  @Test
  void aConnectionHasALimitedNumberOfOpenFiles() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    FakeClient client = FakeClient.ready(server);
    for (int i = 0; i < OpenFiles.LIMIT; i++) {
      assertThat(client.call("fs/open", open("h" + i, file)))
          .isEqualTo(json("{'handleId':'h" + i + "'}"));
    }
    assertThat(client.call("fs/open", open("more", file)))
        .isEqualTo(
            json(
                "{'code':-32600,'message':'at most 128 file handles may be open per connection'}"));
    client.call("fs/close", "{'handleId':'h0'}");
    assertThat(client.call("fs/open", open("more", file))).isEqualTo(json("{'handleId':'more'}"));
  }

  private static String open(String handle, Path file) {
    return "{'handleId':'" + handle + "','path':'" + file.toUri() + "'}";
  }

  @Test
  void theSandboxIsLookedAtFirst() throws Exception {
    FakeClient client = FakeClient.ready(server);
    String confined = ",'dataBase64':'no base64','sandbox':{'permissions':{'type':'managed'}}}";
    assertThat(client.call("fs/writeFile", "{'path':'file:///x'" + confined))
        .isEqualTo(
            json(
                "{'code':-32602,'message':'`sandbox`: missing field `network` in `permissions`'}"));
  }
}
