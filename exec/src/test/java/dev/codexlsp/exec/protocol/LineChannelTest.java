package dev.codexlsp.exec.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineChannelTest {

  private static List<String> received(InputStream in) throws IOException {
    LineChannel channel = new LineChannel(in, OutputStream.nullOutputStream());
    List<String> lines = new ArrayList<>();
    for (@Nullable ByteBuffer line = channel.receive(); line != null; line = channel.receive()) {
      lines.add(StandardCharsets.UTF_8.decode(line).toString());
    }
    return lines;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLineIsAMessage() throws Exception {
    assertThat(received(bytes("a\n\n \t\r\nb\r\né\nc"))).containsExactly("a", "b\r", "é", "c");
    assertThat(received(bytes(""))).isEmpty();
    assertThat(received(bytes("\n\n"))).isEmpty();
  }

  @Test
  void linesOfAnyLengthInReadsOfAnyLength() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int length = 1 + random.nextInt(random.nextBoolean() ? 10 : 300_000);
        lines.add("x".repeat(length));
      }
      assertThat(received(new Stuttering(bytes(String.join("\n", lines) + "\n"), random)))
          .isEqualTo(lines);
    }
  }

  /// Gives as little as it likes.
  private static final class Stuttering extends InputStream {
    private final InputStream in;
    private final Random random;

    Stuttering(InputStream in, Random random) {
      this.in = in;
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, 1 + random.nextInt(Math.min(length, 100_000)));
    }
  }

  @Test
  void aLineHasALimit() throws Exception {
    byte[] longest = new byte[LineChannel.LINE_LIMIT + 1];
    longest[LineChannel.LINE_LIMIT] = '\n';
    assertThat(received(new ByteArrayInputStream(longest))).hasSize(1);
  }

  @Test
  void aLongerLineIsSkipped() throws Exception {
    int limit = LineChannel.LINE_LIMIT;
    for (int length : new int[] {limit + 1, 2 * limit + 3}) {
      byte[] bytes = new byte[length + 3];
      bytes[length] = '\n';
      bytes[length + 1] = 'a';
      LineChannel channel =
          new LineChannel(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
      assertThatThrownBy(channel::receive)
          .isInstanceOf(MessageTooLongException.class)
          .hasMessage("a message exceeds the limit of 67108864 bytes");
      assertThat(channel.receive()).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 0}));
      assertThat(channel.receive()).isNull();
    }
  }

  @Test
  void messagesOfManySendersDoNotMix() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineChannel channel = new LineChannel(InputStream.nullInputStream(), out);
    List<Thread> senders = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int sender = 0; sender < 8; sender++) {
      String message = String.valueOf(sender).repeat(sender % 2 == 0 ? 10 : 200_000);
      for (int i = 0; i < 20; i++) {
        expected.add(message);
      }
      senders.add(Thread.ofVirtual().start(() -> sendOften(channel, message)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(received(new ByteArrayInputStream(out.toByteArray())))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void sendOften(LineChannel channel, String message) {
    try {
      for (int i = 0; i < 20; i++) {
        channel.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.US_ASCII)));
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closesBothStreamsHoweverOften() throws Exception {
    List<String> closed = new ArrayList<>();
    InputStream in =
        new InputStream() {
          @Override
          public int read() {
            return -1;
          }

          @Override
          public void close() {
            closed.add("in");
          }
        };
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void close() throws IOException {
            closed.add("out");
            throw new IOException("Broken pipe");
          }
        };
    LineChannel channel = new LineChannel(in, out);
    channel.close();
    channel.close();
    assertThat(closed).containsExactly("out", "in", "out", "in");
  }
}
