package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class SseParserTest {
  static final List<Arguments> STREAMS =
      List.of(
          Arguments.of("one event", "data: a\n\n", List.of("a")),
          Arguments.of(
              "event and other fields", "event: x\nid: 1\ndata: a\nretry: 2\n\n", List.of("a")),
          Arguments.of("no space after the colon", "data:a\n\n", List.of("a")),
          Arguments.of("only one space is eaten", "data:  a\n\n", List.of(" a")),
          Arguments.of(
              "several data lines", "data: a\ndata: b\ndata:\ndata: c\n\n", List.of("a\nb\n\nc")),
          Arguments.of("a name without colon", "data\n\n", List.of("")),
          Arguments.of(
              "names that only begin alike", "database: a\ndatum: b\ndat: c\n\n", List.of()),
          Arguments.of("carriage returns", "data: a\r\rdata: b\r\r", List.of("a", "b")),
          Arguments.of("both", "data: a\r\n\r\ndata: b\r\n\r\n", List.of("a", "b")),
          Arguments.of(
              "mixed", "data: a\r\n\ndata: b\n\r\ndata: c\r\n\r\n", List.of("a", "b", "c")),
          Arguments.of("comments", ": hello\n\n:\n\ndata: a\n: in between\n\n", List.of("a")),
          Arguments.of("blank lines", "\n\n\r\n\r\rdata: a\n\n\n\n", List.of("a")),
          Arguments.of("byte order mark", "\uFEFFdata: a\n\n", List.of("a")),
          Arguments.of("byte order mark later on", "data: a\n\n\uFEFFdata: b\n\n", List.of("a")),
          Arguments.of(
              "text of all lengths", "data: aé€😀\n\ndata: 😀\n\n", List.of("aé€😀", "😀")),
          Arguments.of("unfinished line", "data: a\n\ndata: b", List.of("a")),
          Arguments.of("unfinished event", "data: a\n\ndata: b\n", List.of("a")),
          Arguments.of("nothing", "", List.of()));

  @ParameterizedTest(name = "{0}")
  @FieldSource("STREAMS")
  void parsesWhole(String name, String stream, List<String> expected) throws Exception {
    assertThat(parse(new SseParser(100), List.of(bytes(stream)))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("STREAMS")
  void parsesWhereverItIsCut(String name, String stream, List<String> expected) throws Exception {
    byte[] bytes = bytes(stream);
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        List<byte[]> pieces =
            List.of(
                Arrays.copyOf(bytes, first),
                Arrays.copyOfRange(bytes, first, second),
                Arrays.copyOfRange(bytes, second, bytes.length));
        assertThat(parse(new SseParser(100), pieces))
            .as("%d, %d", first, second)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void eventOfTheLargestSize() throws Exception {
    String text = "x".repeat(94);
    assertThat(parse(new SseParser(100), List.of(bytes("data: " + text + "\n\n"))))
        .containsExactly(text);
  }

  static Stream<String> tooLarge() {
    return Stream.of(
        "data: " + "x".repeat(95) + "\n\n",
        ": " + "x".repeat(99) + "\n\n",
        "data: 12345\n".repeat(20) + "\n");
  }

  @ParameterizedTest
  @MethodSource("tooLarge")
  void refusesLargerEvents(String stream) {
    SseParser parser = new SseParser(100);
    assertThatThrownBy(() -> parse(parser, List.of(bytes(stream))))
        .isInstanceOf(SseParser.TooLarge.class);
  }

  private static List<String> parse(SseParser parser, List<byte[]> pieces)
      throws SseParser.TooLarge {
    List<String> events = new ArrayList<>();
    for (byte[] piece : pieces) {
      ByteBuffer buffer = ByteBuffer.wrap(piece);
      for (String event = parser.next(buffer); event != null; event = parser.next(buffer)) {
        events.add(event);
      }
      assertThat(buffer.hasRemaining()).isFalse();
    }
    return events;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
