package dev.codexlsp.exec.server.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.server.ExecObserver;
import dev.codexlsp.exec.server.ExecServer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Much of everything, over real sockets.
class WsTrafficTest {
  private final ExecServer server =
      new ExecServer(
          new LocalBackend(Duration.ofSeconds(2), Map.of()),
          new ExecServer.Facts("1.2.3", Map.of()),
          ExecServer.Limits.withConcurrentRequests(1),
          ExecObserver.NONE);

  private WsListener listener;

  @BeforeEach
  void open() throws Exception {
    listener = WsListener.open("127.0.0.1", 0, new WsListener.Visitors(new WsAuth.None(), server));
  }

  @AfterEach
  void close() {
    listener.close();
    server.close();
  }

  @Test
  void anAnswerMayBeLongerThanAFrame(@TempDir Path folder) throws Exception {
    byte[] content = new byte[20 * 1024 * 1024];
    new Random(3).nextBytes(content);
    Path file = Files.write(folder.resolve("large"), content);
    try (WsClient client = WsClient.connect(listener.uri())) {
      client.handshake();
      client.send("{'id':1,'method':'fs/readFile','params':{'path':'" + file.toUri() + "'}}");
      String answer = client.next().replace('\'', '"');
      String data =
          JsonParser.parseString(answer)
              .getAsJsonObject()
              .getAsJsonObject("result")
              .get("dataBase64")
              .getAsString();
      assertThat(Base64.getDecoder().decode(data)).isEqualTo(content);
    }
  }

  /// More pings than the system keeps answers for: only the last of those that wait is answered.
  @Test
  void aClientThatPingsAndDoesNotReadFillsNothing() throws Exception {
    int count = 200_000;
    try (BareWsClient client = BareWsClient.connect(listener.uri())) {
      for (int i = 0; i < count; i++) {
        byte[] payload = ByteBuffer.allocate(125).putInt(i).array();
        client.frame(BareWsClient.PING | BareWsClient.LAST, payload);
      }
      client.flush();
      int pongs = 0;
      int last = -1;
      while (last < count - 1) {
        BareWsClient.Frame pong = client.read();
        assertThat(pong.code()).isEqualTo(BareWsClient.PONG);
        last = pong.payload().getInt();
        pongs++;
      }
      assertThat(pongs).isLessThan(count);
    }
  }

  /// While a client does not read, what it started is held back and others are served; then nothing
  /// is missing.
  @Test
  void aPausedReaderLosesNothingAndHoldsNobodyElseUp() throws Exception {
    int size = 40_000_000;
    try (BareWsClient paused = BareWsClient.connect(listener.uri());
        WsClient other = WsClient.connect(listener.uri())) {
      paused.handshake();
      long before = used();
      paused.send(
          "{'id':1,'method':'process/start','params':{'processId':'p','argv':"
              + "['/bin/sh','-c','exec head -c "
              + size
              + " /dev/zero'],'cwd':'file:///','env':{},'tty':false}}");
      other.handshake();
      for (int i = 0; i < 200; i++) {
        other.send("{'id':9,'method':'environment/status'}");
        assertThat(other.next()).isEqualTo("{'id':9,'result':{'status':'ready'}}");
      }
      assertThat(used() - before).isLessThan(size / 2);
      long bytes = 0;
      long sequence = 0;
      JsonObject params = new JsonObject();
      while (!params.has("seq") || params.has("chunk") || params.has("exitCode")) {
        JsonObject message = JsonParser.parseString(paused.read().text()).getAsJsonObject();
        if (message.has("params")) {
          params = message.getAsJsonObject("params");
          assertThat(params.get("seq").getAsLong()).isEqualTo(++sequence);
        }
        if (params.has("chunk")) {
          bytes += Base64.getDecoder().decode(params.get("chunk").getAsString()).length;
        }
      }
      assertThat(bytes).isEqualTo(size);
    }
  }

  /// The answer and the events of a short command are small and follow each other. None of them
  /// waits until the client's system has acknowledged the one before, which it puts off by 40 ms
  /// when a connection is not new any more.
  @Test
  void smallMessagesGoAtOnce() throws Exception {
    List<Duration> times = new ArrayList<>();
    try (BareWsClient client = BareWsClient.connect(listener.uri())) {
      client.handshake();
      for (int i = 0; i < 40; i++) {
        long began = System.nanoTime();
        client.send(
            "{'id':1,'method':'process/start','params':{'processId':'p"
                + i
                + "','argv':['/bin/true'],'cwd':'file:///','env':{},'tty':false}}");
        String text = client.read().text();
        while (!text.contains("process/closed")) {
          text = client.read().text();
        }
        times.add(Duration.ofNanos(System.nanoTime() - began));
      }
    }
    assertThat(times.subList(20, 40)).anyMatch(time -> time.toMillis() < 25);
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
