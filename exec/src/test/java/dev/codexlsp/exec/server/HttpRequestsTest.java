package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What conversations do not show of web requests: what goes over the wire, and what goes wrong.
class HttpRequestsTest {
  private static final Map<String, String> VARIABLES =
      Map.of("TOKEN", "s3cret\n", "FINE", "s3cret");

  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecServer server =
      new ExecServer(
          new FakePlace(),
          new ExecServer.Facts("1.2.3", VARIABLES),
          ExecServer.Limits.withConcurrentRequests(1),
          ExecObserver.NONE);

  private HttpServer web;
  private FakeClient client;

  @BeforeEach
  void open() throws Exception {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext("/", HttpRequestsTest::tell);
    web.createContext("/endless", this::begin);
    web.start();
    client = FakeClient.ready(server);
  }

  @AfterEach
  void close() {
    released.countDown();
    server.close();
    web.stop(0);
  }

  /// Tells what has arrived.
  private static void tell(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> lines =
          List.of(
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()).toString(),
              exchange.getRequestHeaders().getOrDefault("Content-length", List.of()).toString(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      byte[] told = String.join(" ", lines).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, told.length);
      exchange.getResponseBody().write(told);
    }
  }

  private void begin(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String at(String path) {
    return "http://127.0.0.1:" + web.getAddress().getPort() + path;
  }

  private JsonElement request(String url, String more) throws InterruptedException {
    return client.call(
        "http/request", "{'method':'POST','requestId':'r','url':'" + url + "'" + more + "}");
  }

  private String told(String url, String more) throws InterruptedException {
    JsonObject result = request(url, more).getAsJsonObject();
    byte[] body = Base64.getDecoder().decode(result.get("bodyBase64").getAsString());
    return new String(body, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"Bearer,TOKEN", "'Bearer\\u0001',FINE"})
  void aSecretIsNotToldToTheClient(String prefix, String variable) throws Exception {
    String header =
        ",'headers':[{'name':'Authorization','value':'%s','valueEnvVar':'%s'}]"
            .formatted(prefix, variable);
    assertThat(request(at("/"), header))
        .isEqualTo(
            json("{'code':-32602,'message':'http/request cannot send the header Authorization'}"));
  }

  @Test
  void whatTheClientSaysByItselfIsNotSaidTwice() throws Exception {
    String headers =
        ",'bodyBase64':'aGk=','headers':[{'name':'Content-Length','value':'2'},"
            + "{'name':'connection','value':'close'},{'name':'Expect','value':'x'}]";
    assertThat(told(at("/a"), headers)).isEqualTo("/a [] [2] hi");
  }

  @Test
  void addressesAreTakenAsPeopleWriteThem() throws Exception {
    assertThat(told(at("/a b|c/ü?q={x}%20"), ""))
        .isEqualTo("/a%20b%7Cc/%C3%BC?q=%7Bx%7D%20 [] [0] ");
    String withUser = at("/").replace("//", "//user:p%40ss@");
    assertThat(told(withUser, "")).isEqualTo("/ [Basic dXNlcjpwQHNz] [0] ");
    String header = ",'headers':[{'name':'authorization','value':'mine'}]";
    assertThat(told(withUser, header)).isEqualTo("/ [mine] [0] ");
  }

  @Test
  void theTimeCoversTheWholeBody() throws Exception {
    assertThat(request(at("/endless"), ",'timeoutMs':300"))
        .isEqualTo(
            json(
                "{'code':-32603,'message':'failed to read http/request response body: timed"
                    + " out'}"));
    JsonObject head =
        request(at("/endless"), ",'timeoutMs':300,'streamResponse':true").getAsJsonObject();
    assertThat(head.get("status").getAsInt()).isEqualTo(200);
    assertThat(client.notification("http/request/bodyDelta"))
        .isEqualTo(
            json("{'requestId':'r','seq':1,'deltaBase64':'eA==','done':false,'error':null}"));
    assertThat(client.notification("http/request/bodyDelta"))
        .isEqualTo(
            json(
                "{'requestId':'r','seq':2,'deltaBase64':'','done':true,'error':"
                    + "'failed to read http/request response body: timed out'}"));
  }

  @Test
  void saysWhyNobodyAnswers() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(message(request("http://127.0.0.1:" + port + "/", "")))
        .isEqualTo("http/request failed: cannot connect (http://127.0.0.1:" + port + "/)");
    assertThat(message(request("http://no-such-host.invalid/", "")))
        .isEqualTo("http/request failed: unknown host (http://no-such-host.invalid/)");
  }

  private static String message(JsonElement error) {
    return error.getAsJsonObject().get("message").getAsString();
  }
}
