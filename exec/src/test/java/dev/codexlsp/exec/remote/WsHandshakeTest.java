package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The upgrade against hand-made answers; the key and its proof are those of RFC 6455.
class WsHandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final String GOOD =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: "
          + ACCEPT
          + "\r\n\r\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ws://127.0.0.1:8765              | GET / HTTP/1.1       | Host: 127.0.0.1:8765
          ws://box                         | GET / HTTP/1.1       | Host: box
          ws://u:p@box:1/a%20b?t=1%26      | GET /a%20b?t=1%26 HTTP/1.1 | Host: box:1
          wss://[::1]:9                    | GET / HTTP/1.1       | Host: [::1]:9
          """)
  void whatIsAsked(URI url, String first, String host) {
    assertThat(text(new WsHandshake(url, "s3cret", KEY)))
        .isEqualTo(
            first
                + "\r\n"
                + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: "
                + KEY
                + "\r\nAuthorization: Bearer s3cret\r\n\r\n");
  }

  @Test
  void withoutATokenNoneIsSent() {
    assertThat(text(new WsHandshake(URI.create("ws://box"), null, KEY)))
        .doesNotContain("Authorization")
        .doesNotContain("Extensions")
        .doesNotContain("Origin");
  }

  @Test
  void theRightAnswerIsReadToItsEndAndNoFurther() throws IOException {
    ByteArrayInputStream in = in(GOOD + "frames");

    assertThat(handshake().status(in)).isEqualTo(101);
    assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("frames");
  }

  @Test
  void namesAndWordsCountInAnyCase() throws IOException {
    String odd =
        GOOD.replace("Upgrade: websocket", "UPGRADE:WebSocket")
            .replace("Connection: Upgrade", "connection: keep-alive, upgrade")
            .replace("\r\n", "\n");

    assertThat(handshake().status(in(odd))).isEqualTo(101);
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1 401 Unauthorized, 401", "HTTP/1.0 307 x, 307", "HTTP/1.1 503, 503"})
  void aRefusalIsAStatus(String line, int status) throws IOException {
    assertThat(handshake().status(in(line + "\r\nLocation: http://elsewhere/\r\n\r\n")))
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sec-WebSocket-Accept: s3p   | Sec-WebSocket-Accept: S3p | its answer to the upgrade does not belong to the request
          Sec-WebSocket-Accept        | X-Accept                  | its answer to the upgrade does not belong to the request
          Upgrade: websocket          | Upgrade: h2c              | it switched to something else than a WebSocket
          Connection: Upgrade         | Connection: close         | it switched to something else than a WebSocket
          Connection: Upgrade         | : Upgrade                 | its answer to the upgrade has a line without a name
          Upgrade: websocket          | nonsense                  | its answer to the upgrade has a line without a name
          HTTP/1.1 101                | SSH-2.0-OpenSSH           | it said "SSH-2.0-OpenSSH Switching Protocols"
          HTTP/1.1 101                | HTTP/2 101                | it said "HTTP/2 101 Switching Protocols"
          """)
  void anythingElseIsRefused(String right, String wrong, String message) {
    assertThatThrownBy(() -> handshake().status(in(GOOD.replace(right, wrong))))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(message);
  }

  @Test
  void whatWasNotOfferedIsRefused() {
    String zipped =
        GOOD.replace("Upgrade: w", "Sec-WebSocket-Extensions: permessage-deflate\r\nUpgrade: w");

    assertThatThrownBy(() -> handshake().status(in(zipped)))
        .hasMessage("it chose an extension or a protocol that was not offered");
  }

  @Test
  void anEndlessAnswerIsNotReadToItsEnd() {
    ByteArrayInputStream in = in(GOOD.strip() + "\r\n" + "X: y\r\n".repeat(5000));

    assertThatThrownBy(() -> handshake().status(in))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("its answer exceeds 16384 bytes");
    assertThat(in.available()).isGreaterThan(10_000);
  }

  @Test
  void anAnswerThatIsCutOff() {
    assertThatThrownBy(() -> handshake().status(in(GOOD.substring(0, GOOD.length() - 1))))
        .isInstanceOf(IOException.class)
        .hasMessage("the server closed the connection");
  }

  private static WsHandshake handshake() {
    return new WsHandshake(URI.create("ws://box"), null, KEY);
  }

  private static String text(WsHandshake handshake) {
    return new String(handshake.request(), StandardCharsets.US_ASCII);
  }

  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }
}
