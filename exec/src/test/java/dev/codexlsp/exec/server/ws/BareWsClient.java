package dev.codexlsp.exec.server.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A client by hand, which sends the frames that a test wants and reads when it is told to.
final class BareWsClient implements AutoCloseable {
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int LAST = 0x80;

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int SMALL = 4096;
  private static final int OPCODE = 0x0f;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  /// One frame.
  record Frame(int code, boolean last, ByteBuffer payload) {
    String text() {
      return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }
  }

  private BareWsClient(URI uri) throws IOException {
    // What is not read soon stays at the server.
    socket.setReceiveBufferSize(SMALL);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new BufferedOutputStream(socket.getOutputStream());
  }

  static BareWsClient connect(URI uri) throws IOException {
    BareWsClient client = new BareWsClient(uri);
    String head =
        """
        GET / HTTP/1.1
        Host: x
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """;
    client.out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    client.out.flush();
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n")) {
      answer.append((char) client.in.readUnsignedByte());
    }
    assertThat(answer.toString()).startsWith("HTTP/1.1 101 ");
    return client;
  }

  /// Says what no test is about.
  void handshake() throws IOException {
    send("{'id':0,'method':'initialize','params':{'clientName':'test'}}");
    assertThat(read().text()).startsWith("{\"id\":0,\"result\":");
    send("{'method':'initialized'}");
  }

  /// Sends a message; JSON is written with single quotes.
  void send(String message) throws IOException {
    frame(TEXT | LAST, message.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    flush();
  }

  /// A frame, which may stay here until [#flush].
  ///
  /// @param first the code, and whether it is the last frame of its message
  void frame(int first, byte[] payload) throws IOException {
    head(first, payload.length);
    out.write(payload);
  }

  /// The head of a frame and its first byte.
  void begin(int first, int length) throws IOException {
    head(first, length);
    out.write('x');
  }

  /// With a 64-bit length and a mask that changes nothing.
  private void head(int first, int length) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(14).put((byte) first).put((byte) 0xff).putLong(length);
    out.write(head.array());
  }

  void flush() throws IOException {
    out.flush();
  }

  /// The next frame.
  ///
  /// @throws EOFException when the server has dropped the connection
  Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == LENGTH_16) {
      length = in.readUnsignedShort();
    } else if (length == LENGTH_64) {
      length = Math.toIntExact(in.readLong());
    }
    return new Frame(first & OPCODE, (first & LAST) != 0, ByteBuffer.wrap(in.readNBytes(length)));
  }

  /// Whether nothing comes any more but a close frame.
  boolean isDropped() {
    try {
      return read().code() == CLOSE;
    } catch (IOException gone) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
