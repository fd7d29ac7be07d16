package dev.codexlsp.exec.protocol;

import com.google.gson.JsonPrimitive;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.json.WordFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// `process/output` without the detour of a JSON tree: nearly all bytes of this wire travel in it.
///
/// Reading takes only messages that are written exactly as they are here (and by the original), and
/// leaves all others, wrong ones too, to the general way.
final class OutputCodec {
  private static final byte[] ID =
      ascii("{\"method\":\"process/output\",\"params\":{\"processId\":");
  private static final byte[] SEQUENCE = ascii(",\"seq\":");
  private static final byte[] STREAM = ascii(",\"stream\":\"");
  private static final byte[] CHUNK = ascii("\",\"chunk\":\"");
  private static final byte[] END = ascii("\"}}");

  /// Of these a `long` holds any number.
  private static final int MAX_DIGITS = 18;

  private OutputCodec() {}

  static ByteBuffer encode(ProcessOutput output) {
    byte[] id = new JsonPrimitive(output.processId()).toString().getBytes(StandardCharsets.UTF_8);
    byte[] sequence = ascii(Long.toString(output.seq()));
    byte[] stream = word(output.stream());
    ByteBuffer chunk = Base64.getEncoder().encode(output.chunk().duplicate());
    int fixed = ID.length + SEQUENCE.length + STREAM.length + CHUNK.length + END.length;
    return ByteBuffer.allocate(
            fixed + id.length + sequence.length + stream.length + chunk.remaining())
        .put(ID)
        .put(id)
        .put(SEQUENCE)
        .put(sequence)
        .put(STREAM)
        .put(stream)
        .put(CHUNK)
        .put(chunk)
        .put(END)
        .flip();
  }

  /// The message; null when it is not one that can be read here.
  static ExecMessage.@Nullable Notification decode(ByteBuffer utf8) {
    ByteBuffer in = utf8.duplicate();
    if (!skip(in, ID)) {
      return null;
    }
    @Nullable String id = plainString(in);
    if (id == null || !skip(in, SEQUENCE)) {
      return null;
    }
    long sequence = number(in);
    if (sequence < 0 || !skip(in, STREAM)) {
      return null;
    }
    @Nullable Stream stream = stream(in);
    if (stream == null || !skip(in, CHUNK) || in.remaining() < END.length) {
      return null;
    }
    ByteBuffer text = in.slice(in.position(), in.remaining() - END.length);
    in.position(in.limit() - END.length);
    if (!skip(in, END)) {
      return null;
    }
    try {
      ProcessOutput output = new ProcessOutput(id, sequence, stream, Base64Text.decode(text));
      return new ExecMessage.Notification(ExecMethods.PROCESS_OUTPUT.name(), Payload.of(output));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /// A string of printable ASCII without anything escaped.
  private static @Nullable String plainString(ByteBuffer in) {
    if (!in.hasRemaining() || in.get() != '"') {
      return null;
    }
    StringBuilder text = new StringBuilder();
    while (in.hasRemaining()) {
      byte character = in.get();
      if (character == '"') {
        return text.toString();
      }
      if (character < ' ' || character == '\\') {
        return null;
      }
      text.append((char) character);
    }
    return null;
  }

  /// A number without a sign or a leading zero; negative when there is none.
  private static long number(ByteBuffer in) {
    long number = 0;
    int digits = 0;
    while (in.hasRemaining() && Character.isDigit(in.get(in.position()))) {
      number = number * 10 + (in.get() - '0');
      digits++;
    }
    return number > 0 && Long.toString(number).length() == digits && digits <= MAX_DIGITS
        ? number
        : -1;
  }

  private static @Nullable Stream stream(ByteBuffer in) {
    for (Stream stream : Stream.values()) {
      if (skip(in, word(stream))) {
        return stream;
      }
    }
    return null;
  }

  private static boolean skip(ByteBuffer in, byte[] expected) {
    int position = in.position();
    if (in.remaining() < expected.length
        || !in.slice(position, expected.length).equals(ByteBuffer.wrap(expected))) {
      return false;
    }
    in.position(position + expected.length);
    return true;
  }

  private static byte[] word(Stream stream) {
    return ascii(WordFactory.word(stream.name(), WordFactory.Spelling.CAMEL));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
