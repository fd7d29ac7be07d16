package dev.codexlsp.exec.remote;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The frames of a WebSocket as its client reads and writes them (RFC 6455, section 5). Confined to
/// the thread that reads; what writes is pure.
final class WsFrames {
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CONTROL_LIMIT = 125;
  private static final int SHORT_FOLLOWS = 126;
  private static final int LONG_FOLLOWS = 127;
  private static final int LAST = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int HEAD_BYTES = 2 + Long.BYTES + MASK_BYTES;

  private final InputStream in;
  private final int messageLimit;

  /// What has come of a message that is sent in pieces; null between messages.
  private @Nullable ByteArrayOutputStream pieces;

  /// What the server has sent: a whole message, or a frame that means the connection.
  sealed interface Incoming {
    record Message(ByteBuffer bytes) implements Incoming {}

    /// Has to be answered with the same payload.
    record Ping(ByteBuffer payload) implements Incoming {}

    record Pong() implements Incoming {}

    /// The reason is for people, and often empty.
    record Close(String reason) implements Incoming {}
  }

  /// @param messageLimit how many bytes a message may have
  WsFrames(InputStream in, int messageLimit) {
    this.in = in;
    this.messageLimit = messageLimit;
  }

  /// Waits for the next; null when the stream ends between two frames.
  ///
  /// @throws ProtocolException when the server does not keep to the rules
  @Nullable Incoming next() throws IOException {
    while (true) {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      boolean isLast = (first & LAST) != 0;
      int opcode = first & 0xf;
      if ((first & RESERVED) != 0) {
        throw new ProtocolException("a frame uses an extension that was not offered");
      }
      int length = length(byteOf(in), opcode);
      switch (opcode) {
        case TEXT, BINARY, CONTINUATION -> {
          ByteBuffer message = data(opcode, isLast, length);
          if (message != null) {
            return new Incoming.Message(message);
          }
        }
        case CLOSE, PING, PONG -> {
          return control(opcode, isLast, payload(length));
        }
        default -> throw new ProtocolException("a frame of the unknown kind " + opcode);
      }
    }
  }

  private int length(int second, int opcode) throws IOException {
    if ((second & MASKED) != 0) {
      throw new ProtocolException("a frame is masked, as only a client's may be");
    }
    long length =
        switch (second) {
          case SHORT_FOLLOWS -> number(Short.BYTES);
          case LONG_FOLLOWS -> number(Long.BYTES);
          default -> second;
        };
    boolean isControl = opcode >= CLOSE;
    int room = pieces == null || isControl ? messageLimit : messageLimit - pieces.size();
    if (length < 0 || length > (isControl ? CONTROL_LIMIT : room)) {
      throw new ProtocolException(
          isControl
              ? "a control frame is too long"
              : "a message exceeds " + messageLimit + " bytes");
    }
    return (int) length;
  }

  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = (number << Byte.SIZE) | byteOf(in);
    }
    return number;
  }

  /// A whole message, or null when more of it has to come.
  private @Nullable ByteBuffer data(int opcode, boolean isLast, int length) throws IOException {
    if ((opcode == CONTINUATION) == (pieces == null)) {
      throw new ProtocolException("the pieces of two messages are mixed");
    }
    byte[] payload = payload(length);
    if (pieces == null && isLast) {
      return ByteBuffer.wrap(payload);
    }
    ByteArrayOutputStream whole = pieces == null ? new ByteArrayOutputStream(length) : pieces;
    whole.write(payload, 0, length);
    pieces = isLast ? null : whole;
    return isLast ? ByteBuffer.wrap(whole.toByteArray()) : null;
  }

  private static Incoming control(int opcode, boolean isLast, byte[] payload)
      throws ProtocolException {
    if (!isLast) {
      throw new ProtocolException("a control frame comes in pieces");
    }
    return switch (opcode) {
      case PING -> new Incoming.Ping(ByteBuffer.wrap(payload));
      case PONG -> new Incoming.Pong();
      default ->
          new Incoming.Close(
              payload.length <= Short.BYTES
                  ? ""
                  : new String(
                      payload, Short.BYTES, payload.length - Short.BYTES, StandardCharsets.UTF_8));
    };
  }

  private byte[] payload(int length) throws IOException {
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("the connection broke within a message");
    }
    return payload;
  }

  private static int byteOf(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the connection broke within a message");
    }
    return next;
  }

  /// A whole frame, masked, ready to be sent in one piece.
  ///
  /// @param mask not to be guessed by whoever chose the payload
  static byte[] frame(int opcode, ByteBuffer payload, int mask) {
    int length = payload.remaining();
    ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + length).put((byte) (LAST | opcode));
    if (length <= CONTROL_LIMIT) {
      frame.put((byte) (MASKED | length));
    } else if (length <= 0xffff) {
      frame.put((byte) (MASKED | SHORT_FOLLOWS)).putShort((short) length);
    } else {
      frame.put((byte) (MASKED | LONG_FOLLOWS)).putLong(length);
    }
    frame.putInt(mask);
    int start = frame.position();
    frame.put(payload.duplicate());
    byte[] bytes = frame.array();
    for (int i = 0; i < length; i++) {
      bytes[start + i] ^= (byte) (mask >>> (Byte.SIZE * (MASK_BYTES - 1 - (i % MASK_BYTES))));
    }
    return frame.position() == bytes.length ? bytes : Arrays.copyOf(bytes, frame.position());
  }
}
