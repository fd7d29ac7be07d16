package dev.codexlsp.server.process;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client of an exec-server. JSON is written with single quotes.
final class ExecClient implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Wire wire;
  private final BlockingQueue<String> received;
  private final List<JsonObject> kept = new ArrayList<>();
  private long lastId;

  /// How messages travel.
  interface Wire {
    void send(String message) throws Exception;

    void close() throws IOException;
  }

  /// @param received filled by somebody else
  ExecClient(Wire wire, BlockingQueue<String> received) {
    this.wire = wire;
    this.received = received;
  }

  /// A client over a WebSocket.
  ///
  /// @param token null for none
  static ExecClient connect(URI uri, @Nullable String token) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    WebSocket socket =
        builder.buildAsync(uri, new Ear(received)).get(BOUND.toSeconds(), TimeUnit.SECONDS);
    return new ExecClient(
        new Wire() {
          @Override
          public void send(String message) throws Exception {
            socket.sendText(message, true).get(BOUND.toSeconds(), TimeUnit.SECONDS);
          }

          @Override
          public void close() {
            socket.abort();
            http.shutdownNow();
          }
        },
        received);
  }

  private static final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final BlockingQueue<String> received;

    Ear(BlockingQueue<String> received) {
      this.received = received;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
      text.append(piece);
      if (last) {
        received.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  void send(String message) throws Exception {
    wire.send(message.replace('\'', '"'));
  }

  /// The id of the session.
  String handshake(@Nullable String resumed) throws Exception {
    String resume = resumed == null ? "null" : "'" + resumed + "'";
    JsonObject result =
        call("initialize", "{'clientName':'test','resumeSessionId':" + resume + "}");
    send("{'method':'initialized'}");
    return result.has("sessionId") ? result.get("sessionId").getAsString() : result.toString();
  }

  /// The result, or the error.
  JsonObject call(String method, String params) throws Exception {
    long id = ++lastId;
    send("{'id':" + id + ",'method':'" + method + "','params':" + params + "}");
    while (true) {
      JsonObject message = receive();
      JsonElement answered = message.get("id");
      if (answered != null && answered.getAsLong() == id) {
        return Objects.requireNonNullElse(message.get("result"), message.get("error"))
            .getAsJsonObject();
      }
      kept.add(message);
    }
  }

  private JsonObject receive() throws InterruptedException {
    String message = received.poll(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("no message within " + BOUND);
    }
    return JsonParser.parseString(message).getAsJsonObject();
  }

  /// The first output of a process, as text.
  String output() throws InterruptedException {
    JsonObject message = kept.isEmpty() ? receive() : kept.removeFirst();
    while (!message.has("method")
        || !message.get("method").getAsString().equals("process/output")) {
      message = kept.isEmpty() ? receive() : kept.removeFirst();
    }
    String chunk = message.getAsJsonObject("params").get("chunk").getAsString();
    return new String(Base64.getDecoder().decode(chunk), StandardCharsets.UTF_8);
  }

  /// Starts a process in a shell that says its own pid first, and waits for that.
  ProcessHandle start(String id, String script) throws Exception {
    return start(id, script, false);
  }

  /// The same.
  ///
  /// @param reads whether something can be written to it
  ProcessHandle start(String id, String script, boolean reads) throws Exception {
    String params = command(id, "echo $$; " + script);
    call("process/start", params.replace("'tty'", "'pipeStdin':" + reads + ",'tty'"));
    return ProcessHandle.of(Long.parseLong(output().lines().findFirst().orElseThrow()))
        .orElseThrow();
  }

  /// The params of a start.
  static String command(String id, String script) {
    return "{'processId':'%s','argv':['/bin/sh','-c','%s'],'cwd':'file:///','env':{},'tty':false}"
        .formatted(id, script);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
