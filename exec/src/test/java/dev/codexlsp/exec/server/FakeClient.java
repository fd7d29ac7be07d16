package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A client that says what a test wants and keeps what it hears. JSON is written with single
/// quotes.
final class FakeClient {
  private static final long PATIENCE_MILLIS = 20_000;

  private final MemoryWire wire;
  private final Thread serving;
  private final List<JsonObject> unread = new ArrayList<>();
  private long lastId;

  private FakeClient(MemoryWire wire, Thread serving) {
    this.wire = wire;
    this.serving = serving;
  }

  static FakeClient of(ExecServer server) {
    return of(server, new MemoryWire());
  }

  static FakeClient of(ExecServer server, MemoryWire wire) {
    return new FakeClient(wire, Thread.ofVirtual().start(() -> server.serve(wire, Peer.STDIO)));
  }

  /// A client that has its session.
  static FakeClient ready(ExecServer server) throws InterruptedException {
    FakeClient client = of(server);
    client.handshake(null);
    return client;
  }

  /// The id of the session.
  String handshake(@Nullable String resumed) throws InterruptedException {
    String resume = resumed == null ? "null" : "'" + resumed + "'";
    JsonElement result =
        call("initialize", "{'clientName':'test','resumeSessionId':" + resume + "}");
    send("{'method':'initialized','params':{}}");
    return result.getAsJsonObject().get("sessionId").getAsString();
  }

  void send(String message) {
    send(ByteBuffer.wrap(message.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  void send(ByteBuffer message) {
    wire.put(message);
  }

  /// Whether the server has not ended the connection.
  boolean isServed() {
    return !wire.isClosed();
  }

  /// Waits until the server has taken all that was sent, and forgets what it has said.
  void drain() throws InterruptedException {
    while (wire.untaken() > 0 && serving.isAlive()) {
      Thread.onSpinWait();
    }
    while (wire.take(0) != null) {
      // Nobody wants to know.
    }
    unread.clear();
  }

  /// Asks, and returns the id.
  long ask(String method, String params) {
    long id = ++lastId;
    send("{'id':" + id + ",'method':'" + method + "','params':" + params + "}");
    return id;
  }

  /// The result, or the error, of a request; other messages are kept.
  JsonElement call(String method, String params) throws InterruptedException {
    return answer(ask(method, params));
  }

  JsonElement answer(long id) throws InterruptedException {
    JsonObject answer =
        await(message -> message.has("id") && message.get("id").getAsString().equals("" + id));
    return Objects.requireNonNullElse(answer.get("result"), answer.get("error"));
  }

  /// The next message in order.
  JsonObject next() throws InterruptedException {
    if (!unread.isEmpty()) {
      return unread.removeFirst();
    }
    return Objects.requireNonNull(receive(PATIENCE_MILLIS), "nothing came");
  }

  /// The next message of the kind; others are kept.
  JsonObject await(Predicate<JsonObject> wanted) throws InterruptedException {
    for (JsonObject kept : unread) {
      if (wanted.test(kept)) {
        unread.remove(kept);
        return kept;
      }
    }
    while (true) {
      JsonObject message = Objects.requireNonNull(receive(PATIENCE_MILLIS), "nothing came");
      if (wanted.test(message)) {
        return message;
      }
      unread.add(message);
    }
  }

  /// The params of the next notification of the method.
  JsonObject notification(String method) throws InterruptedException {
    return await(message -> isNotification(message, method)).getAsJsonObject("params");
  }

  static boolean isNotification(JsonObject message, String method) {
    return message.has("method") && message.get("method").getAsString().equals(method);
  }

  /// Null when nothing comes within the time.
  @Nullable JsonObject receive(long millis) throws InterruptedException {
    @Nullable ByteBuffer message = wire.take(millis);
    return message == null
        ? null
        : JsonParser.parseString(StandardCharsets.UTF_8.decode(message).toString())
            .getAsJsonObject();
  }

  /// The connection is lost, and the server has noticed.
  void cut() throws InterruptedException {
    wire.cut();
    awaitEnd();
  }

  /// Waits until the server has ended the connection.
  void awaitEnd() throws InterruptedException {
    assertThat(serving.join(java.time.Duration.ofMillis(PATIENCE_MILLIS))).isTrue();
    assertThat(wire.isClosed()).isTrue();
  }

  static JsonElement json(String singleQuoted) {
    return JsonParser.parseString(singleQuoted.replace('\'', '"'));
  }
}
