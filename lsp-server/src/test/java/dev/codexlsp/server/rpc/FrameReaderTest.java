package dev.codexlsp.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameReaderTest {
  private static final int LIMIT = 200;
  private static final String HELLO = "{\"jsonrpc\":\"2.0\",\"method\":\"hello\"}";

  private final MessageCodec codec = new MessageCodec((value, out) -> out.value(value.toString()));

  /// What was handed on, and after it what was answered.
  private List<String> read(InputStream in) {
    List<String> handedOn = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    new FrameReader(in, LIMIT, codec, message -> answered.add(text(message)))
        .listen(message -> handedOn.add(text(message)));
    handedOn.addAll(answered);
    return handedOn;
  }

  private String text(Message message) {
    try {
      return codec.encode(message);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String frame(String body) {
    return "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
  }

  private static String refused(String id, int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
        .formatted(id, code, message);
  }

  static Stream<Arguments> streams() {
    String tooLarge = "x".repeat(LIMIT + 1);
    return Stream.of(
        Arguments.of("two frames", frame(HELLO) + frame(HELLO), List.of(HELLO, HELLO)),
        Arguments.of(
            "names of headers in any case, others ignored",
            "content-TYPE: text/plain\r\ncontent-length:%d\r\n\r\n%s"
                .formatted(HELLO.length(), HELLO),
            List.of(HELLO)),
        Arguments.of(
            "line feeds alone",
            "Content-Length: %d\n\n%s".formatted(HELLO.length(), HELLO),
            List.of(HELLO)),
        Arguments.of(
            "blank lines between frames", "\r\n\r\n" + frame(HELLO) + "\r\n", List.of(HELLO)),
        Arguments.of("end in mid-header", frame(HELLO) + "Content-Len", List.of(HELLO)),
        Arguments.of(
            "end in mid-frame", frame(HELLO) + "Content-Length: 10\r\n\r\n{", List.of(HELLO)),
        Arguments.of("end in mid-drain", "Content-Length: 999999999999\r\n\r\n{", List.of()),
        Arguments.of(
            "oversized",
            frame(tooLarge) + frame(HELLO),
            List.of(
                HELLO,
                refused("null", -32600, "frame of 201 bytes exceeds the limit of 200 bytes"))),
        Arguments.of(
            "just not oversized",
            frame(HELLO + " ".repeat(LIMIT - HELLO.length())),
            List.of(HELLO)),
        Arguments.of(
            "malformed JSON",
            frame("{nope") + frame(HELLO),
            List.of(HELLO, refused("null", -32700, "malformed JSON"))),
        Arguments.of(
            "empty frame",
            frame("") + frame(HELLO),
            List.of(HELLO, refused("null", -32600, "a message must be an object"))),
        Arguments.of(
            "lenient JSON is malformed",
            frame("{'method':'hello'}"),
            List.of(refused("null", -32700, "malformed JSON"))),
        Arguments.of(
            "deep JSON is malformed",
            frame("[".repeat(LIMIT)) + frame("[".repeat(100)),
            List.of(
                refused("null", -32700, "malformed JSON"),
                refused("null", -32700, "malformed JSON"))),
        Arguments.of(
            "two values in one frame",
            frame(HELLO + "{}"),
            List.of(refused("null", -32700, "malformed JSON"))),
        Arguments.of(
            "batch",
            frame("[" + HELLO + "]") + frame(HELLO),
            List.of(HELLO, refused("null", -32600, "batches are not supported"))),
        Arguments.of(
            "no object",
            frame("7"),
            List.of(refused("null", -32600, "a message must be an object"))),
        Arguments.of(
            "no method",
            frame("{\"id\":7}"),
            List.of(refused("7", -32600, "a message must have a `method`"))),
        Arguments.of(
            "a method that is no string",
            frame("{\"id\":\"a\",\"method\":7}"),
            List.of(refused("\"a\"", -32600, "a message must have a `method`"))),
        Arguments.of(
            "an id that is none",
            frame("{\"id\":{},\"method\":\"hello\"}"),
            List.of(refused("null", -32600, "an `id` must be a string or a number"))),
        Arguments.of(
            "a null id",
            frame("{\"id\":null,\"method\":\"hello\"}"),
            List.of(refused("null", -32600, "an `id` must be a string or a number"))),
        Arguments.of(
            "params that are none",
            frame("{\"id\":1,\"method\":\"hello\",\"params\":5}"),
            List.of(refused("1", -32600, "`params` must be an object or an array"))),
        Arguments.of(
            "no length: the body is skipped up to the next header",
            "Content-Type: x\r\n\r\n" + HELLO + frame(HELLO),
            List.of(HELLO, refused("null", -32600, "a frame must have a `Content-Length` header"))),
        Arguments.of(
            "a length that is no number",
            "Content-Length: many\r\n\r\n" + HELLO + frame(HELLO),
            List.of(HELLO, refused("null", -32600, "bad `Content-Length` header"))),
        Arguments.of(
            "a negative length",
            "Content-Length: -1\r\n\r\n" + frame(HELLO),
            List.of(HELLO, refused("null", -32600, "bad `Content-Length` header"))),
        Arguments.of(
            "JSON lines, answered once",
            HELLO + "\n" + HELLO + "\n" + frame(HELLO),
            List.of(HELLO, refused("null", -32600, "expected a `Content-Length` header"))),
        Arguments.of(
            "an endless header line",
            "x".repeat(100_000) + frame(HELLO),
            List.of(HELLO, refused("null", -32600, "a header line is longer than 4096 bytes"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void readsWhatItCan(String name, String stream, List<String> expected) {
    assertThat(read(bytes(stream))).isEqualTo(expected);
  }

  /// Every cut of a stream gives the same messages; that includes cuts inside a character.
  @Test
  void readsByteByByte() {
    String text = "{\"jsonrpc\":\"2.0\",\"method\":\"gr\u00fc\u00df \u20ac \ud83d\ude00\"}";
    assertThat(read(new OneByteAtATime(bytes(frame(text) + frame(HELLO)))))
        .containsExactly(text, HELLO);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] frame = "Content-Length: 4\r\n\r\n\"??\"".getBytes(StandardCharsets.US_ASCII);
    frame[frame.length - 2] = (byte) 0xff;
    assertThat(read(new ByteArrayInputStream(frame)))
        .containsExactly(refused("null", -32700, "the frame is not UTF-8"));
  }

  @Test
  void stopsAfterTheMessageAtHand() {
    List<String> handedOn = new ArrayList<>();
    FrameReader[] reader = new FrameReader[1];
    reader[0] = new FrameReader(bytes(frame(HELLO) + frame(HELLO)), LIMIT, codec, message -> {});
    reader[0].listen(message -> {
      handedOn.add(text(message));
      reader[0].stop();
    });
    assertThat(handedOn).containsExactly(HELLO);
  }

  /// Gives at most one byte per read, whatever is asked for.
  private static final class OneByteAtATime extends InputStream {
    private final InputStream in;

    OneByteAtATime(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, Math.min(1, length));
    }
  }
}
