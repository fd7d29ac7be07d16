package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.local.LocalBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many real processes through one connection.
class ServerLoadTest {
  private final FakeObserver observer = new FakeObserver();
  private final ExecServer server =
      new ExecServer(
          new LocalBackend(Duration.ofSeconds(2), Map.of()),
          new ExecServer.Facts("1.2.3", Map.of()),
          ExecServer.Limits.withConcurrentRequests(1),
          observer);

  @TempDir Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private String start(int number, String argv) {
    return "{'processId':'p%d','argv':[%s],'cwd':'%s','env':{},'tty':false}"
        .formatted(number, argv, folder.toUri());
  }

  @Test
  @Tag("slow")
  void tenThousandShortProcesses() throws Exception {
    int count = 10_000;
    int atOnce = 32;
    FakeClient client = FakeClient.ready(server);
    for (int i = 0; i < atOnce; i++) {
      client.ask("process/start", start(i, "'/bin/true'"));
    }
    int started = atOnce;
    int exited = 0;
    int closed = 0;
    while (closed < count) {
      JsonObject message = client.next();
      assertThat(message.has("error")).as(message.toString()).isFalse();
      if (FakeClient.isNotification(message, "process/exited")) {
        assertThat(message.getAsJsonObject("params").get("exitCode").getAsInt()).isZero();
        exited++;
      } else if (FakeClient.isNotification(message, "process/closed")) {
        assertThat(message.getAsJsonObject("params").get("seq").getAsInt()).isEqualTo(2);
        closed++;
        if (started < count) {
          client.ask("process/start", start(started++, "'/bin/true'"));
        }
      }
    }
    assertThat(exited).isEqualTo(count);
    assertThat(observer.completions).hasSize(count).containsOnly(ExecObserver.Completion.SUCCESS);
  }

  /// None of it is lost, and the numbers of each process come in order.
  @Test
  void aHundredProcessesThatPrintMuch() throws Exception {
    int count = 100;
    int size = 1_000_000;
    FakeClient client = FakeClient.of(server, new MemoryWire(64));
    client.handshake(null);
    for (int i = 0; i < count; i++) {
      client.ask("process/start", start(i, "'/usr/bin/head','-c','" + size + "','/dev/zero'"));
    }
    Map<String, Long> bytes = new HashMap<>();
    Map<String, Integer> sequences = new HashMap<>();
    int closed = 0;
    while (closed < count) {
      JsonObject message = client.next();
      if (message.has("method")) {
        JsonObject params = message.getAsJsonObject("params");
        String id = params.get("processId").getAsString();
        int sequence = params.get("seq").getAsInt();
        assertThat(sequences.put(id, sequence)).isEqualTo(sequence == 1 ? null : sequence - 1);
        if (params.has("chunk")) {
          long length = Base64.getDecoder().decode(params.get("chunk").getAsString()).length;
          bytes.merge(id, length, Long::sum);
        }
        closed += FakeClient.isNotification(message, "process/closed") ? 1 : 0;
      }
    }
    assertThat(bytes).hasSize(count).allSatisfy((id, sum) -> assertThat(sum).isEqualTo(size));
  }

  /// What waits to be sent lies on the heap, so the others keep theirs.
  @Test
  void fewProcessesSendAtOnce() throws Exception {
    int count = 12;
    MemoryWire wire = new MemoryWire(1);
    FakeClient client = FakeClient.of(server, wire);
    client.handshake(null);
    String script = "until test -e go; do sleep 0.01; done; echo $0; : > printed$0";
    for (int i = 0; i < count; i++) {
      client.call("process/start", start(i, "'/bin/bash','-c','" + script + "','" + i + "'"));
    }

    Files.createFile(folder.resolve("go"));
    for (int i = 0; i < count; i++) {
      Path printed = folder.resolve("printed" + i);
      Run.await(printed.toString(), () -> Files.exists(printed));
    }
    Run.await("four send", () -> wire.mostSenders() == 4);
    for (int i = 0; i < count; i++) {
      client.notification("process/closed");
    }

    assertThat(wire.mostSenders()).isEqualTo(4);
  }
}
