package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A WebSocket server on the loopback address that can do just enough, and whose connections a test
/// can break. One thread per connection.
public final class BareSocketServer implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int SWITCHING = 101;
  private static final int TEXT = 1;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final LoopbackDoor door;
  private final ToIntFunction<List<String>> gate;
  private final Consumer<ExecChannel> served;

  /// Lets everybody in.
  ///
  /// @param served plays the server on each connection, which ends when it returns
  public BareSocketServer(Consumer<ExecChannel> served) throws IOException {
    this(_ -> SWITCHING, served);
  }

  /// @param gate gets the lines of the request and says the HTTP status
  BareSocketServer(ToIntFunction<List<String>> gate, Consumer<ExecChannel> served)
      throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), gate, served);
  }

  /// @param listener closed with the server
  BareSocketServer(
      ServerSocket listener, ToIntFunction<List<String>> gate, Consumer<ExecChannel> served) {
    this.gate = gate;
    this.served = served;
    door = new LoopbackDoor(listener, this::serve);
  }

  public URI url() {
    return door.url();
  }

  /// Breaks every connection there is.
  void cut() {
    door.cut();
  }

  @Override
  public void close() {
    door.close();
  }

  private void serve(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    List<String> request = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      request.add(line);
    }
    int status = gate.applyAsInt(request);
    if (status == SWITCHING) {
      say(socket, "101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + key(request));
      served.accept(new Frames(socket, in));
    } else {
      say(socket, status + " No\r\nContent-Length: 0\r\n");
    }
  }

  static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readByte(); c != '\n'; c = in.readByte()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static void say(Socket socket, String rest) throws IOException {
    socket.getOutputStream().write(("HTTP/1.1 " + rest + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  static String key(List<String> request) {
    for (String line : request) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
        try {
          String text = line.substring(line.indexOf(':') + 1).strip() + GUID;
          byte[] hash =
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
          return "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n";
        } catch (NoSuchAlgorithmException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw new IllegalStateException("not an upgrade: " + request);
  }

  /// Text frames, each a whole message; pings are answered.
  private static final class Frames implements ExecChannel {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private Frames(Socket socket, DataInputStream in) throws IOException {
      this.socket = socket;
      this.in = in;
      this.out = socket.getOutputStream();
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
      byte[] payload =
          Arrays.copyOfRange(
              message.array(),
              message.arrayOffset() + message.position(),
              message.arrayOffset() + message.limit());
      write(TEXT, payload);
    }

    private void write(int opcode, byte[] payload) throws IOException {
      ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
      frame.put((byte) (0x80 | opcode));
      if (payload.length < 126) {
        frame.put((byte) payload.length);
      } else if (payload.length < 65_536) {
        frame.put((byte) 126).putShort((short) payload.length);
      } else {
        frame.put((byte) 127).putLong(payload.length);
      }
      frame.put(payload);
      out.write(frame.array(), 0, frame.position());
    }

    @Override
    public @Nullable ByteBuffer receive() throws IOException {
      ByteBuffer message = ByteBuffer.allocate(0);
      while (true) {
        int head;
        try {
          head = in.readUnsignedByte();
        } catch (EOFException end) {
          return null;
        }
        byte[] payload = payload();
        switch (head & 0xf) {
          case PING -> write(PONG, payload);
          case 0, TEXT -> {
            message =
                ByteBuffer.allocate(message.remaining() + payload.length)
                    .put(message)
                    .put(payload)
                    .flip();
            if ((head & 0x80) != 0) {
              return message;
            }
          }
          default -> {
            return null;
          }
        }
      }
    }

    private byte[] payload() throws IOException {
      long length = in.readUnsignedByte() & 0x7f;
      length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes((int) length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      return payload;
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
