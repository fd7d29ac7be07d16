package dev.codexlsp.exec.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.local.LocalBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a server, or a connection, ends.
class ExecServerEndTest {
  private static final ExecServer.Facts FACTS = new ExecServer.Facts("1.2.3", Map.of());
  private static final ExecServer.Limits LIMITS = ExecServer.Limits.withConcurrentRequests(1);

  @Test
  void processesAreKilledFirst() throws Exception {
    FakePlace place = new FakePlace();
    ExecServer server = new ExecServer(place, FACTS, LIMITS, ExecObserver.NONE);
    CountDownLatch release = new CountDownLatch(1);
    MemoryWire stuck = new MemoryWire(release);
    FakeClient client = FakeClient.of(server, stuck);
    client.handshake(null);
    Thread closer = Thread.ofVirtual().start(server::close);
    long endBy = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!place.closed) {
      assertThat(System.nanoTime()).isLessThan(endBy);
      Thread.onSpinWait();
    }
    release.countDown();
    closer.join();
    client.awaitEnd();
  }

  @Test
  void endsInTimeThoughProcessesDoNotWantTo() throws Exception {
    ExecServer server =
        new ExecServer(
            new LocalBackend(Duration.ofDays(1), Map.of()), FACTS, LIMITS, ExecObserver.NONE);
    FakeClient client = FakeClient.ready(server);
    for (int i = 0; i < 20; i++) {
      String script = "trap : TERM INT HUP; echo $$; while :; do sleep 9; done";
      client.call(
          "process/start",
          "{'processId':'p%d','argv':['/bin/sh','-c','%s'],'cwd':'file:///','env':{},'tty':%s}"
              .formatted(i, script, i % 2 == 0));
    }
    long[] pids = new long[20];
    for (int i = 0; i < pids.length; i++) {
      String chunk = client.notification("process/output").get("chunk").getAsString();
      pids[i] = Long.parseLong(new String(Base64.getDecoder().decode(chunk), US_ASCII).strip());
    }
    long before = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1_500));
    client.awaitEnd();
    assertThat(Arrays.stream(pids).mapToObj(ProcessHandle::of))
        .allMatch(process -> process.isEmpty() || !process.get().isAlive());
  }

  /// What comes right behind the violation has arrived, but is not done.
  @Test
  void nothingIsDoneForAClientThatWasSentAway(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("file");
    try (ExecServer server = new ExecServer(new FakePlace(), FACTS, LIMITS, ExecObserver.NONE)) {
      for (int round = 0; round < 50; round++) {
        FakeClient client = FakeClient.ready(server);
        client.send("{'method':'unknown'}");
        client.ask("fs/writeFile", "{'path':'" + file.toUri() + "','dataBase64':''}");
        client.awaitEnd();
      }
    }
    assertThat(Files.exists(file)).isFalse();
  }
}
