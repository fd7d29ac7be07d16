package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codexlsp.core.model.FakeModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two editors, each with a server of its own, and one ChatGPT login whose token is about to end. A
/// refresh token is good for one use: the second server waits for the first and takes its tokens.
@Timeout(90)
class RenewalIT {
  @TempDir private Path home;
  private final long soon = Instant.now().getEpochSecond() + 60;
  private final long later = soon + 36_000;
  private final List<String> renewals = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer endpoint;

  @BeforeEach
  void serve() throws IOException {
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    endpoint.createContext("/token", this::renew);
    endpoint.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    endpoint.start();
  }

  @AfterEach
  void end() {
    released.countDown();
    endpoint.stop(0);
  }

  private void renew(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    renewals.add(JsonParser.parseString(body).getAsJsonObject().get("refresh_token").getAsString());
    asked.countDown();
    try {
      assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    byte[] answer =
        "{\"access_token\":\"%s\",\"refresh_token\":\"rt-2\"}"
            .formatted(token(later))
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static String token(long expiry) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString("{\"exp\":%d}".formatted(expiry).getBytes(StandardCharsets.UTF_8))
        + ".sig";
  }

  @Test
  void oneRenewsAndBothGoOn() throws Exception {
    try (FakeModelServer model =
        FakeModelServer.playing("response\nmessage \"One.\"\nresponse\nmessage \"Two.\"\n")) {
      furnish(model);
      try (ServerProcess first = server();
          ServerProcess second = server()) {
        start(first);
        start(second);
        // Both need a token before the first of them has one.
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        released.countDown();
        assertThat(end(first)).isEqualTo("completed");
        assertThat(end(second)).isEqualTo("completed");
      }
      assertThat(renewals).containsExactly("rt-1");
      assertThat(model.calls())
          .hasSize(2)
          .allSatisfy(call ->
              assertThat(call.headers()).containsEntry("authorization", "Bearer " + token(later)));
      assertThat(
              JsonParser.parseString(Files.readString(home.resolve("auth.json")))
                  .getAsJsonObject()
                  .getAsJsonObject("tokens")
                  .get("refresh_token")
                  .getAsString())
          .isEqualTo("rt-2");
    }
  }

  private void furnish(FakeModelServer model) throws IOException {
    Files.writeString(
        home.resolve("config.toml"),
        "model = 'mock-model'\nopenai_base_url = '" + model.baseUrl() + "'\n");
    Files.writeString(
        home.resolve("auth.json"),
        """
        {"auth_mode":"chatgpt","OPENAI_API_KEY":null,"tokens":{"id_token":"",
          "access_token":"%s","refresh_token":"rt-1","account_id":"acc-1"}}
        """
            .formatted(token(soon)));
  }

  private ServerProcess server() throws IOException {
    return ServerProcess.start(
        home,
        ServerProcess.LAUNCHER,
        Map.of(
            "CODEX_HOME",
            home.toString(),
            "OPENAI_API_KEY",
            "",
            "CODEX_API_KEY",
            "",
            "CODEX_REFRESH_TOKEN_URL_OVERRIDE",
            "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/token"),
        "lsp");
  }

  /// Returns when the turn has begun.
  private void start(ServerProcess server) throws IOException, InterruptedException {
    server.initialize("{'capabilities':{},'initializationOptions':{'codex':{'approvals':true}}}");
    ask(server, 1, "codex/thread/start", "{'cwd':'" + home + "'}");
    String thread =
        await(server, "codex/thread/started")
            .getAsJsonObject("params")
            .getAsJsonObject("thread")
            .get("id")
            .getAsString();
    ask(
        server,
        2,
        "codex/turn/start",
        "{'threadId':'" + thread + "','input':[{'type':'text','text':'go'}]}");
    await(server, "codex/turn/started");
  }

  private static String end(ServerProcess server) throws InterruptedException {
    return await(server, "codex/turn/completed")
        .getAsJsonObject("params")
        .getAsJsonObject("turn")
        .get("status")
        .getAsString();
  }

  private static void ask(ServerProcess server, int id, String method, String params)
      throws IOException {
    server.send(
        "{'jsonrpc':'2.0','id':%d,'method':'%s','params':%s}"
            .formatted(id, method, params)
            .replace('\'', '"'));
  }

  private static JsonObject await(ServerProcess server, String method) throws InterruptedException {
    while (true) {
      JsonObject message = server.receive();
      if (message.has("method") && message.get("method").getAsString().equals(method)) {
        return message;
      }
    }
  }
}
