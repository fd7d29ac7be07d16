package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.local.LocalBackend;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// How long the server keeps what nobody asks for, by the clock on the wall. Elsewhere it is kept
/// for as long as a test wants.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class TimeConstantsTest {
  private static final Duration KEPT = Duration.ofSeconds(80);
  private static final Duration LATE = KEPT.plusSeconds(5);

  private final ExecServer server =
      new ExecServer(
          new LocalBackend(Duration.ofSeconds(2), Map.of()),
          new ExecServer.Facts("1.2.3", Map.of()),
          ExecServer.Limits.withConcurrentRequests(1),
          ExecObserver.NONE);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aSessionWithoutItsClientIsKeptForEightySeconds() throws Exception {
    FakeClient client = FakeClient.of(server);
    String session = client.handshake(null);
    client.call("process/start", start("'/bin/sh','-c','echo $$; exec sleep 600'"));
    long pid = Long.parseLong(text(client.notification("process/output")));
    client.cut();
    long began = System.nanoTime();

    Run.await("its process ends", LATE, () -> !Run.isAlive(pid));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(KEPT.minusSeconds(1), LATE);
    assertThat(
            FakeClient.of(server)
                .call("initialize", "{'clientName':'x','resumeSessionId':'" + session + "'}"))
        .isEqualTo(json("{'code':-32600,'message':'unknown session id " + session + "'}"));
  }

  @Test
  void aClosedProcessCanBeReadForEightySeconds() throws Exception {
    FakeClient client = FakeClient.ready(server);
    client.call("process/start", start("'/bin/echo','hello'"));
    client.notification("process/closed");
    long began = System.nanoTime();
    JsonElement gone = json("{'code':-32600,'message':'unknown process id p'}");

    JsonElement read = client.call("process/read", "{'processId':'p'}");
    JsonElement before = read;
    while (!read.equals(gone)) {
      before = read;
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LATE);
      // Nothing else comes, so this is a pause between two looks.
      assertThat(client.receive(50)).isNull();
      read = client.call("process/read", "{'processId':'p'}");
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(KEPT.minusSeconds(1), LATE);
    JsonObject last = before.getAsJsonObject();
    assertThat(text(last.getAsJsonArray("chunks").get(0).getAsJsonObject())).isEqualTo("hello");
  }

  private static String start(String argv) {
    return "{'processId':'p','argv':[" + argv + "],'cwd':'file:///','env':{},'tty':false}";
  }

  private static String text(JsonObject output) {
    byte[] bytes = Base64.getDecoder().decode(output.get("chunk").getAsString());
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }
}
