package dev.codexlsp.exec.server.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.server.ExecObserver;
import dev.codexlsp.exec.server.ExecServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WsListenerTest {
  private static final String STATUS = "{'id':9,'method':'environment/status'}";
  private static final String READY = "{'id':9,'result':{'status':'ready'}}";

  private final ExecServer server =
      new ExecServer(
          new LocalBackend(Duration.ofSeconds(2), Map.of()),
          new ExecServer.Facts("1.2.3", Map.of()),
          ExecServer.Limits.withConcurrentRequests(1),
          ExecObserver.NONE);

  private WsListener listener = open(new WsAuth.None());

  private WsListener open(WsAuth auth) {
    try {
      return WsListener.open("127.0.0.1", 0, new WsListener.Visitors(auth, server));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    listener.close();
    server.close();
  }

  /// What the listener says to the lines of a request head.
  private String http(String... lines) throws IOException {
    URI uri = listener.uri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String head = String.join("\r\n", lines) + "\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static String status(String answer) {
    return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /readyz HTTP/1.1       |                          | 200 |''",
        "HEAD /readyz HTTP/1.1      |                          | 200 |''",
        "GET /readyz?x HTTP/1.1     |                          | 200 |''",
        "GET /livez HTTP/1.1        |                          | 200 |''",
        "POST /readyz HTTP/1.1      |                          | 405 |''",
        "GET /readyz HTTP/1.1       | Origin: http://localhost | 403 |''",
        "GET /readyz HTTP/1.1       | origin: null             | 403 |''",
        "GET /nope HTTP/1.1         | Origin:                  | 403 |''",
        "GET /nope HTTP/1.1         |                          | 404 |''",
        "GET /healthz HTTP/1.1      |                          | 404 |''",
        "POST / HTTP/1.1            |                          | 405 | Request method must be"
            + " `GET`",
        "GET / HTTP/1.1             |                          | 400 |"
            + " Connection header did not include 'upgrade'",
        "GET /?x=1 HTTP/1.1         |                          | 400 |"
            + " Connection header did not include 'upgrade'",
        "GET / HTTP/1.1             | Connection: upgrade      | 400 |"
            + " `Upgrade` header did not include 'websocket'",
      })
  void answersHttp(String request, String header, String status, String body) throws Exception {
    String answer =
        header == null
            ? http(request, "Connection: close")
            : http(request, header, "Connection: close");
    assertThat(status(answer)).isEqualTo(status);
    assertThat(body(answer)).isEqualTo(body);
  }

  @Test
  void aBrowserIsTurnedAwayFromTheSocketToo() throws Exception {
    assertThat(
            status(
                http(
                    "GET / HTTP/1.1",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Origin: http://127.0.0.1")))
        .isEqualTo("403");
  }

  @Test
  void aBadHandshakeIsNoBug() throws Exception {
    assertThat(status(http("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket")))
        .isEqualTo("400");
  }

  @Test
  void asksForATokenWhenThereIsOne() throws Exception {
    listener.close();
    listener = open(WsAuth.CapabilityToken.of("sesame"));
    String missing = http("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket");
    assertThat(status(missing)).isEqualTo("401");
    assertThat(missing).contains("missing websocket bearer token");
    assertThat(status(http("GET /readyz HTTP/1.1", "Connection: close"))).isEqualTo("200");
    assertThatThrownBy(() -> WsClient.connect(listener.uri(), "Authorization", "Bearer no"))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    try (WsClient client = WsClient.connect(listener.uri(), "Authorization", "Bearer sesame")) {
      client.handshake();
    }
  }

  @Test
  void isNotReachableFromElsewhereWithoutAuthentication() {
    WsListener.Visitors anybody = new WsListener.Visitors(new WsAuth.None(), server);
    assertThatThrownBy(() -> WsListener.open("0.0.0.0", 0, anybody))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "not listening on 0.0.0.0: an address that other machines can reach needs"
                + " authentication");
    assertThatThrownBy(() -> WsListener.open("localhost", 0, anybody))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WsListener.open("127.0.0.1", listener.uri().getPort(), anybody))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot listen on " + listener.uri() + ": address already in use");
  }

  @Test
  void listensOnTheOtherProtocolAndToEveryInterface() throws Exception {
    WsAuth token = WsAuth.CapabilityToken.of("sesame");
    try (WsListener six =
            WsListener.open("::1", 0, new WsListener.Visitors(new WsAuth.None(), server));
        WsListener all = WsListener.open("0.0.0.0", 0, new WsListener.Visitors(token, server));
        WsClient client = WsClient.connect(six.uri())) {
      assertThat(six.uri().toString()).matches("ws://\\[::1]:\\d+");
      assertThat(all.uri().toString()).matches("ws://0\\.0\\.0\\.0:\\d+");
      client.handshake();
    }
  }

  @Test
  void takesTextBinaryAndPieces() throws Exception {
    try (WsClient client = WsClient.connect(listener.uri())) {
      client.handshake();
      client.send(STATUS);
      assertThat(client.next()).isEqualTo(READY);
      byte[] status = STATUS.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      client.socket().sendBinary(ByteBuffer.wrap(status), true).get(9, TimeUnit.SECONDS);
      assertThat(client.next()).isEqualTo(READY);
      client.socket().sendText("{\"id\":9,", false).get(9, TimeUnit.SECONDS);
      client.socket().sendText("\"method\":\"environment/", false).get(9, TimeUnit.SECONDS);
      client.socket().sendPing(utf8("hi")).get(9, TimeUnit.SECONDS);
      assertThat(client.nextPong()).isEqualTo("hi");
      client.socket().sendText("status\"}", true).get(9, TimeUnit.SECONDS);
      assertThat(client.next()).isEqualTo(READY);
      client.send("");
      assertThat(client.next())
          .startsWith(
              "{'error':{'code':-32600,'message':'failed to parse websocket JSON-RPC message from"
                  + " exec-server websocket 127.0.0.1:")
          .endsWith(": unexpected end'},'id':-1}");
    }
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// By hand, because the JDK's client sends small frames whatever it is given.
  @Test
  void framesHaveALimit() throws Exception {
    int limit = (int) WsListener.FRAME_LIMIT;
    try (BareWsClient client = BareWsClient.connect(listener.uri())) {
      client.frame(BareWsClient.TEXT | BareWsClient.LAST, new byte[limit]);
      client.flush();
      assertThat(client.read().text()).contains("failed to parse");
    }
    try (BareWsClient client = BareWsClient.connect(listener.uri())) {
      client.begin(BareWsClient.TEXT | BareWsClient.LAST, limit + 1);
      client.flush();
      // It ends without waiting for the rest, perhaps with a close frame.
      assertThat(client.isDropped()).isTrue();
    }
  }

  @Test
  void messagesHaveALimit() throws Exception {
    byte[] quarter = new byte[WsChannel.MESSAGE_LIMIT / 4];
    try (BareWsClient client = BareWsClient.connect(listener.uri())) {
      client.frame(BareWsClient.TEXT, quarter);
      client.frame(0, quarter);
      client.frame(0, quarter);
      client.frame(BareWsClient.LAST, quarter);
      client.flush();
      assertThat(client.read().text()).contains("failed to parse");
    }
    try (BareWsClient client = BareWsClient.connect(listener.uri())) {
      client.frame(BareWsClient.TEXT, quarter);
      client.frame(0, quarter);
      client.frame(0, quarter);
      client.frame(0, quarter);
      client.frame(0, new byte[1]);
      client.flush();
      assertThat(client.isDropped()).isTrue();
    }
  }

  @Test
  void aClientThatDoesNotSpeakTheProtocolIsDropped() throws Exception {
    for (String bad :
        new String[] {
          "{'method':'initialized'}",
          "{'method':'unknown'}",
          "{'method':'process/terminate','params':{'processId':'p'}}",
          "{'id':1,'result':{}}",
          "{'id':1,'error':{'code':1,'message':'m'}}"
        }) {
      try (WsClient client = WsClient.connect(listener.uri())) {
        client.send(bad);
        client.awaitEnd();
      }
    }
  }

  @Test
  void asksWhetherTheClientIsStillThere() throws Exception {
    listener.close();
    listener =
        WsListener.open(
            "127.0.0.1",
            0,
            new WsListener.Visitors(new WsAuth.None(), server, Duration.ofMillis(50)));
    try (WsClient client = WsClient.connect(listener.uri())) {
      assertThat(client.nextPing()).isEqualTo("ping");
      assertThat(client.nextPing()).isEqualTo("ping");
    }
  }

  @Test
  void theEndOfTheListenerDropsItsClients() throws Exception {
    try (WsClient client = WsClient.connect(listener.uri())) {
      client.handshake();
      long before = System.nanoTime();
      listener.close();
      client.awaitEnd();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void whoComesWhenTheHouseIsFullIsToldSo() throws Exception {
    List<BareWsClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < WsListener.CLIENT_LIMIT; i++) {
        BareWsClient client = BareWsClient.connect(listener.uri());
        clients.add(client);
        client.handshake();
      }
      String answer = knock();
      assertThat(status(answer)).isEqualTo("503");
      assertThat(body(answer)).isEqualTo("there are 64 connections already");
      assertThat(status(http("GET /readyz HTTP/1.1", "Connection: close"))).isEqualTo("200");

      clients.removeLast().close();
      Run.await("there is room", () -> status(knock()).equals("400"));
      try (BareWsClient next = BareWsClient.connect(listener.uri())) {
        next.handshake();
      }
    } finally {
      for (BareWsClient client : clients) {
        client.close();
      }
    }
  }

  /// Says as much as it takes to be let in where there is room, but not what comes after that.
  private String knock() {
    try {
      return http("GET / HTTP/1.1", "Connection: upgrade, close", "Upgrade: websocket");
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
