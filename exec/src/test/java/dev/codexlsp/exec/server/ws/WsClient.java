package dev.codexlsp.exec.server.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.server.conversation.ClientEnd;
import dev.codexlsp.exec.server.conversation.TextEar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client by the JDK, which has its own opinion of how a WebSocket works. JSON is written with
/// single quotes.
final class WsClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> pings = new LinkedBlockingQueue<>();
  private final boolean reading;
  private WebSocket socket;

  private WsClient(URI uri, boolean reading, String... header) throws Exception {
    this.reading = reading;
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (header.length > 0) {
      builder.header(header[0], header[1]);
    }
    socket = builder.buildAsync(uri, new Ear()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static WsClient connect(URI uri, String... header) throws Exception {
    return new WsClient(uri, true, header);
  }

  /// A client that reads nothing until it is told to.
  static WsClient paused(URI uri) throws Exception {
    return new WsClient(uri, false);
  }

  private final class Ear extends TextEar {
    Ear() {
      super(received);
    }

    @Override
    public void onOpen(WebSocket opened) {
      opened.request(reading ? Long.MAX_VALUE : 1);
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      pings.add("ping");
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
      pongs.add(java.nio.charset.StandardCharsets.UTF_8.decode(message).toString());
      return null;
    }
  }

  WebSocket socket() {
    return socket;
  }

  void read(long messages) {
    socket.request(messages);
  }

  void send(String message) throws Exception {
    socket.sendText(message.replace('\'', '"'), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  String next() throws InterruptedException {
    return Objects.requireNonNull(received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "nothing came")
        .replace('"', '\'');
  }

  /// How many messages have come and not been looked at.
  int unseen() {
    return received.size();
  }

  String nextPong() throws InterruptedException {
    return Objects.requireNonNull(pongs.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no pong came");
  }

  String nextPing() throws InterruptedException {
    return Objects.requireNonNull(pings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no ping came");
  }

  void handshake() throws Exception {
    send("{'id':0,'method':'initialize','params':{'clientName':'test'}}");
    assertThat(next()).startsWith("{'id':0,'result':");
    send("{'method':'initialized'}");
  }

  /// Waits until the server has dropped the connection. The JDK misses an end that comes while it
  /// still hands out the last message, but notices when it cannot send.
  void awaitEnd() throws InterruptedException {
    long endBy = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    @Nullable String last = null;
    while (last == null) {
      assertThat(System.nanoTime()).as("the end did not come").isLessThan(endBy);
      last = received.poll(50, TimeUnit.MILLISECONDS);
      if (last == null) {
        last = socket.sendPing(ByteBuffer.allocate(0)).handle(WsClient::ended).join();
      }
    }
    assertThat(last).isEqualTo(ClientEnd.CLOSED);
  }

  private static @Nullable String ended(WebSocket sent, @Nullable Throwable failure) {
    return failure == null ? null : ClientEnd.CLOSED;
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
