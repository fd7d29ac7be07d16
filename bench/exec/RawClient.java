import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A client of an exec-server like any other: one socket with TCP_NODELAY, and no options that know
/// of a server's weaknesses. It looks for what it needs in the text of a message and parses
/// nothing, so that the client is not what is measured.
final class RawClient implements AutoCloseable {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final int BUFFER = 1 << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private byte[] payload = new byte[BUFFER];
  private int length;
  private int lastId;

  RawClient(URI uri) throws IOException {
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    out = socket.getOutputStream();
    out.write(
        ("GET / HTTP/1.1\r\nHost: "
                + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: "
                + KEY
                + "\r\nSec-WebSocket-Version: 13\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    skipHeader();
    send("{\"id\":0,\"method\":\"initialize\",\"params\":{\"clientName\":\"bench\"}}");
    receive();
    send("{\"method\":\"initialized\",\"params\":{}}");
  }

  private void skipHeader() throws IOException {
    int ended = 0;
    while (ended < 4) {
      int next = in.readUnsignedByte();
      ended = next == (ended % 2 == 0 ? '\r' : '\n') ? ended + 1 : 0;
    }
  }

  /// Masked with zeros, which is a mask.
  private void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[bytes.length + 8];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | 126);
    frame[2] = (byte) (bytes.length >> 8);
    frame[3] = (byte) bytes.length;
    System.arraycopy(bytes, 0, frame, 8, bytes.length);
    out.write(frame);
  }

  /// The next text message; a ping is not answered, as no run lasts so long.
  private void receive() throws IOException {
    int opcode;
    do {
      opcode = in.readUnsignedByte() & 0xf;
      int size = in.readUnsignedByte() & 0x7f;
      if (size == 126) {
        size = in.readUnsignedShort();
      } else if (size == 127) {
        size = Math.toIntExact(in.readLong());
      }
      if (size > payload.length) {
        payload = new byte[size];
      }
      in.readFully(payload, 0, size);
      length = size;
    } while (opcode != 1 && opcode != 0);
  }

  /// Whether the beginning of the message, which holds everything but a chunk, has the word in it.
  private boolean says(String word) {
    return head().contains(word);
  }

  private String head() {
    return new String(payload, 0, Math.min(length, 256), StandardCharsets.ISO_8859_1);
  }

  /// Runs a command to its end, so many times at once.
  ///
  /// @return how many bytes were written
  long run(int times, String... argv) throws IOException {
    StringBuilder words = new StringBuilder();
    for (String word : argv) {
      words.append(words.isEmpty() ? "" : ",").append('"').append(word).append('"');
    }
    for (int i = 0; i < times; i++) {
      int id = ++lastId;
      send(
          ("{\"id\":%d,\"method\":\"process/start\",\"params\":{\"processId\":\"p%d\",\"argv\":[%s],"
               + "\"cwd\":\"file:///\",\"env\":{\"PATH\":\"/usr/bin:/bin\"},\"tty\":false,"
               + "\"arg0\":null}}")
              .formatted(id, id, words));
    }
    long bytes = 0;
    int running = times;
    while (running > 0) {
      receive();
      if (says("process/output")) {
        bytes += chunkBytes();
      } else if (says("process/closed")) {
        running--;
      } else if (says("\"error\"")) {
        throw new IOException(head());
      }
    }
    return bytes;
  }

  private long chunkBytes() {
    int begin = head().indexOf("\"chunk\":\"") + "\"chunk\":\"".length();
    int end = begin;
    for (end = length - 1; payload[end] != '"' || end < begin; end--) {
      // From behind: what follows the chunk is short.
    }
    int padding = (payload[end - 1] == '=' ? 1 : 0) + (payload[end - 2] == '=' ? 1 : 0);
    return (end - begin) / 4 * 3L - padding;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
