package dev.codexlsp.core.model;

import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One connection of a [FakeModelServer]: its thread reads requests, and every answer is played by
/// a thread of its own, so that a client which goes away in the middle is noticed.
final class FakeConnection implements AutoCloseable {
  private static final int MAX_BODY = 64 * 1024 * 1024;
  private static final int MAX_HEADER_LINE = 64 * 1024;

  private final FakeModelServer server;
  private final Socket socket;
  private final int number;

  /// The latest request and whoever answers it; changed only by the reading thread, while nobody
  /// answers.
  private int call = -1;

  private Thread player = Thread.ofVirtual().unstarted(() -> {});

  FakeConnection(FakeModelServer server, Socket socket, int number) {
    this.server = server;
    this.socket = socket;
    this.number = number;
  }

  /// Serves requests until the client goes away.
  void serve() {
    try (socket) {
      readRequests();
    } catch (IOException e) {
      // Nobody is left who could be told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.forget(this);
    }
  }

  private void readRequests() throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    try {
      for (ModelCall request = read(in); request != null; request = read(in)) {
        player.join();
        call = server.record(request);
        ModelScript.Response answer = server.take(request);
        player = Thread.ofVirtual().name("fake-model-call-" + call).start(() -> play(answer));
      }
    } finally {
      if (player.isAlive()) {
        player.interrupt();
        recordDrop();
      }
    }
  }

  /// May be called by any thread.
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Called by whoever notices first that nobody is at the other end, unless it is we who closed.
  private void recordDrop() {
    if (!socket.isClosed()) {
      server.recordDrop(call);
    }
  }

  private void play(ModelScript.Response answer) {
    try {
      ModelCall request = server.calls().get(call);
      FakeResponse response = new FakeResponse(socket);
      if (request.isChat()) {
        new ChatPlayer(call, server, response).play(answer.steps());
      } else {
        new ScriptPlayer(call, request.body().toString(), server, response).play(answer.steps());
      }
    } catch (IOException e) {
      recordDrop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      // A mistake in the script must not look like a model that thinks for long.
      close();
      throw e;
    }
  }

  private @Nullable ModelCall read(InputStream in) throws IOException {
    String requestLine = line(in);
    if (requestLine == null) {
      return null;
    }
    String[] words = requestLine.split(" ", 3);
    Map<String, String> headers = headers(in);
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > MAX_BODY) {
      throw new IOException("a request of " + length + " bytes");
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new ModelCall(
        words[0], words[1], headers, JsonParser.parseString(body).getAsJsonObject(), number);
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("not HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() > MAX_HEADER_LINE) {
        return null;
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
