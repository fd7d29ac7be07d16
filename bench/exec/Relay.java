import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Stands between a client and a server: holds everything back for a while, and can make the server
/// look like an old one that does not say whether the sandbox has refused something, for which a
/// client has to ask once more.
final class Relay implements AutoCloseable {
  private static final byte[] DENIAL =
      ",\"sandboxDenied\":false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] READ_ANSWER = "\"nextSeq\":".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener =
      new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final int target;
  private final long delayNanos;
  private final boolean hidesDenial;
  final AtomicInteger reads = new AtomicInteger();

  private record Piece(byte[] bytes, long at) {}

  /// @param roundTripMillis half of it for each way
  Relay(int target, int roundTripMillis, boolean hidesDenial) throws IOException {
    this.target = target;
    this.delayNanos = roundTripMillis * 500_000L;
    this.hidesDenial = hidesDenial;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        pass(client, server, false);
        pass(server, client, true);
      }
    } catch (IOException closed) {
      // The end of the relay.
    }
  }

  private void pass(Socket from, Socket to, boolean isAnswer) {
    BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();
    Thread.ofPlatform().daemon().start(() -> read(from, underWay, isAnswer));
    Thread.ofPlatform().daemon().start(() -> write(to, underWay));
  }

  private void read(Socket from, BlockingQueue<Piece> underWay, boolean isAnswer) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, count);
        if (isAnswer) {
          look(bytes);
        }
        underWay.add(new Piece(bytes, System.nanoTime() + delayNanos));
      }
    } catch (IOException broken) {
      // The other way sees it, too.
    }
    underWay.add(new Piece(new byte[0], System.nanoTime()));
  }

  /// Blanks keep the length of a frame, and are nothing to JSON.
  private void look(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (startsWith(bytes, i, READ_ANSWER)) {
        reads.incrementAndGet();
      }
      if (hidesDenial && startsWith(bytes, i, DENIAL)) {
        Arrays.fill(bytes, i, i + DENIAL.length, (byte) ' ');
      }
    }
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] word) {
    return bytes.length - from >= word.length
        && Arrays.equals(bytes, from, from + word.length, word, 0, word.length);
  }

  private static void write(Socket to, BlockingQueue<Piece> underWay) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Piece piece = underWay.take(); piece.bytes().length > 0; piece = underWay.take()) {
        for (long left = piece.at() - System.nanoTime(); left > 0; ) {
          LockSupport.parkNanos(left);
          left = piece.at() - System.nanoTime();
        }
        out.write(piece.bytes());
      }
    } catch (IOException | InterruptedException broken) {
      // The other way sees it, too.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
