package dev.codexlsp.core.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A model on the loopback that keeps every request and gives them all the same short answer, once
/// it is told to.
final class LoopbackModel implements AutoCloseable {
  static final String ANSWER = "The loopback says hello.";

  private static final String EVENTS =
      """
      data: {"type":"response.created","response":{"id":"resp_1"}}

      data: {"type":"response.output_item.done","output_index":0,"item":{"type":"message",\
      "id":"msg_loopback","role":"assistant","status":"completed",\
      "content":[{"type":"output_text","text":"%s","annotations":[]}]}}

      data: {"type":"response.completed","response":{"id":"resp_1","usage":{"input_tokens":1,\
      "input_tokens_details":{"cached_tokens":0},"output_tokens":1,\
      "output_tokens_details":{"reasoning_tokens":0},"total_tokens":2}}}

      """
          .formatted(ANSWER);

  private final HttpServer server;
  private final BlockingQueue<JsonObject> requests = new LinkedBlockingQueue<>();
  private final CountDownLatch answering = new CountDownLatch(1);

  LoopbackModel() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/responses", this::answer);
    server.start();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /// Waits for the next request; null when there is none in 30 s.
  @Nullable JsonObject awaitRequest() throws InterruptedException {
    return requests.poll(30, TimeUnit.SECONDS);
  }

  /// How many requests nobody has waited for.
  int unseenRequests() {
    return requests.size();
  }

  void answer() {
    answering.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange;
        var body = new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8)) {
      requests.add(JsonParser.parseReader(body).getAsJsonObject());
      answering.await();
      byte[] events = EVENTS.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "text/event-stream");
      exchange.sendResponseHeaders(200, events.length);
      exchange.getResponseBody().write(events);
    } catch (InterruptedException e) {
      throw new InterruptedIOException(e.getMessage());
    }
  }

  @Override
  public void close() {
    answer();
    server.stop(0);
  }
}
