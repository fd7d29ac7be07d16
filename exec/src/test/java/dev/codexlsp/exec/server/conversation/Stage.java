package dev.codexlsp.exec.server.conversation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// What a conversation finds around it: a folder with files, and a web server.
public final class Stage implements AutoCloseable {
  /// What the original's client sends for a workspace.
  private static final String SANDBOX =
      """
      {"permissions":{"type":"managed","file_system":{"type":"restricted","entries":[
      {"path":{"type":"special","value":{"kind":"root"}},"access":"read"},
      {"path":{"type":"special","value":{"kind":"project_roots"}},"access":"write"},
      {"path":{"type":"special","value":{"kind":"project_roots","subpath":".git"}},
      "access":"read","missing_path_behavior":"skip"}]},"network":"restricted"},
      "cwd":"file://FOLDER","workspaceRoots":["file://FOLDER"],"windowsSandboxLevel":"disabled",
      "windowsSandboxProxySettingsMode":"reconcile","useLegacyLandlock":false}
      """;

  private final Path folder;
  private final HttpServer web;
  private final CountDownLatch released = new CountDownLatch(1);

  /// @param folder an empty one
  public Stage(Path folder) throws IOException {
    // A temporary folder may be known by a link.
    this.folder = folder.toRealPath();
    Files.writeString(this.folder.resolve("plain"), "hello");
    Files.createSymbolicLink(this.folder.resolve("link"), Path.of("plain"));
    Files.createDirectory(this.folder.resolve("a b"));
    Path tool = Files.createDirectory(this.folder.resolve("bin")).resolve("tool");
    Files.writeString(tool, "#!/bin/sh\necho I am a tool\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext("/", this::answer);
    web.start();
  }

  /// What stands in a scenario for what is here.
  public Map<String, String> variables() {
    return Map.of(
        "$dir", folder.toString(),
        "$web", "http://127.0.0.1:" + web.getAddress().getPort(),
        "$sandbox", SANDBOX.replace("FOLDER", folder.toString()).replace("\n", ""));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/echo" -> send(exchange, 200, told(exchange));
        case "/redirect" -> {
          exchange.getResponseHeaders().add("Location", "/echo");
          send(exchange, 302, "");
        }
        case "/pieces" -> pieces(exchange);
        case "/release" -> {
          released.countDown();
          send(exchange, 200, "");
        }
        default -> send(exchange, 404, "nothing here");
      }
    }
  }

  private static String told(HttpExchange exchange) throws IOException {
    List<String> own = exchange.getRequestHeaders().getOrDefault("X-A", List.of());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + own + " " + body;
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /// The second piece comes when somebody has asked for it elsewhere.
  private void pieces(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write("one ".getBytes(StandardCharsets.UTF_8));
    body.flush();
    try {
      if (released.await(20, TimeUnit.SECONDS)) {
        body.write("two".getBytes(StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    released.countDown();
    web.stop(0);
  }
}
