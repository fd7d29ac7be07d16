package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.remote.WsFrames.Incoming;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames against bytes made by hand; some are the examples of RFC 6455, section 5.7.
class WsFramesTest {
  private static final int LIMIT = 70_000;

  @Test
  void aMessageInOnePieceAndInTwo() throws IOException {
    assertThat(all("8105 48656c6c6f 0103 48656c 8002 6c6f 8200"))
        .containsExactly(message("Hello"), message("Hello"), message(""));
  }

  @Test
  void aPingBetweenThePieces() throws IOException {
    assertThat(all("0103 48656c 8902 6869 8a00 0000 8002 6c6f"))
        .containsExactly(new Incoming.Ping(bytes("hi")), new Incoming.Pong(), message("Hello"));
  }

  @Test
  void anEndWithAndWithoutAReason() throws IOException {
    assertThat(all("8805 03f1 627965 8800 8802 03e8"))
        .containsExactly(new Incoming.Close("bye"), new Incoming.Close(""), new Incoming.Close(""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 255, 65_535, 65_536, LIMIT})
  void everyLength(int length) throws IOException {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 'x');
    String head =
        length < 126
            ? "81%02x".formatted(length)
            : length < 65_536 ? "817e%04x".formatted(length) : "817f%016x".formatted(length);

    assertThat(all(head + HexFormat.of().formatHex(payload)))
        .containsExactly(new Incoming.Message(ByteBuffer.wrap(payload)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c100                        | a frame uses an extension that was not offered
          8185 00000000 48656c6c6f    | a frame is masked, as only a client's may be
          8300                        | a frame of the unknown kind 3
          8b00                        | a frame of the unknown kind 11
          8000                        | the pieces of two messages are mixed
          0100 8100                   | the pieces of two messages are mixed
          0900                        | a control frame comes in pieces
          897e 007e                   | a control frame is too long
          817f 0000000000011171       | a message exceeds 70000 bytes
          817f 8000000000000000       | a message exceeds 70000 bytes
          817f 00000001 00000001      | a message exceeds 70000 bytes
          """)
  void whatIsAgainstTheRules(String hex, String problem) {
    assertThatThrownBy(() -> all(hex)).isInstanceOf(ProtocolException.class).hasMessage(problem);
  }

  @Test
  void piecesCountTogether() {
    String piece = "007e ffff" + "78".repeat(65_535);

    assertThatThrownBy(() -> all("0100" + piece + piece))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a message exceeds 70000 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"81", "817e", "817e 00", "8105", "8105 4865", "817f 00000000"})
  void anEndWithinAFrame(String hex) {
    assertThatThrownBy(() -> all(hex))
        .isInstanceOf(EOFException.class)
        .hasMessage("the connection broke within a message");
  }

  @Test
  void whatIsSent() {
    assertThat(HexFormat.of().formatHex(WsFrames.frame(WsFrames.TEXT, bytes("Hello"), 0x37fa213d)))
        .isEqualTo("818537fa213d7f9f4d5158");
    assertThat(HexFormat.of().formatHex(WsFrames.frame(WsFrames.PONG, bytes(""), 1)))
        .isEqualTo("8a8000000001");
  }

  @ParameterizedTest
  @CsvSource({"125, 81fd", "126, 81fe007e", "65535, 81feffff", "65536, 81ff0000000000010000"})
  void theLengthsThatAreSent(int length, String head) {
    byte[] payload = new byte[length];
    byte[] frame = WsFrames.frame(WsFrames.TEXT, ByteBuffer.wrap(payload), 0x01020304);

    assertThat(HexFormat.of().formatHex(frame)).startsWith(head + "01020304" + "01020304");
    assertThat(frame).hasSize(head.length() / 2 + 4 + length);
  }

  @Test
  void theBufferThatIsSentStaysAsItWas() {
    ByteBuffer payload = bytes("xHello").position(1);

    WsFrames.frame(WsFrames.TEXT, payload, -1);

    assertThat(payload).isEqualTo(bytes("Hello"));
  }

  private static Incoming message(String text) {
    return new Incoming.Message(bytes(text));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Incoming> all(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    WsFrames frames = new WsFrames(new ByteArrayInputStream(bytes), LIMIT);
    List<Incoming> all = new ArrayList<>();
    for (Incoming next = frames.next(); next != null; next = frames.next()) {
      all.add(next);
    }
    return all;
  }
}
