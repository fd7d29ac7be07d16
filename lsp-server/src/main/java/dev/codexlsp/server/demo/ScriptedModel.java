package dev.codexlsp.server.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A model that is no model: an HTTP server on the loopback address that speaks the Responses API
/// and answers from a [Script].
///
/// Each request is served by a virtual thread of its own; closing interrupts them and frees the
/// port. The script never speaks for longer than a minute, so a request ends in any case.
public final class ScriptedModel implements AutoCloseable {
  public static final String NAME = "scripted-demo";

  private final HttpServer server;
  private final ExecutorService requests;
  private final Duration pace;

  private ScriptedModel(HttpServer server, ExecutorService requests, Duration pace) {
    this.server = server;
    this.requests = requests;
    this.pace = pace;
  }

  /// Starts on a free port.
  ///
  /// @param pace the pause between two words, so that people see the answer stream
  public static ScriptedModel start(Duration pace) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    ScriptedModel model = new ScriptedModel(server, requests, pace);
    server.createContext("/v1/responses", model::serve);
    server.setExecutor(requests);
    server.start();
    return model;
  }

  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonElement request =
          JsonParser.parseReader(
              new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8));
      exchange.getResponseHeaders().set("content-type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      Script script = new Script(event -> send(body, event), pace);
      script.answer(request instanceof JsonObject object ? object : new JsonObject());
      body.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(OutputStream body, JsonObject event) throws IOException {
    String type = event.get("type").getAsString();
    body.write(("event: " + type + "\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
    body.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }
}
