package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.http.TlsSockets;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a channel does beside carrying messages, against servers that speak frame by frame.
@Timeout(60)
class SocketChannelTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void aPingIsAnsweredAndAnEndIsConfirmed() throws Exception {
    try (RawServer server = new RawServer("8902 6869 8102 6f6b 8805 03f1 627965");
        ExecChannel channel = dial(server.url(), LIMIT)) {
      assertThat(channel.receive()).isEqualTo(ByteBuffer.wrap(new byte[] {'o', 'k'}));
      assertThat(server.frame()).isEqualTo("10 hi");
      assertThatThrownBy(channel::receive).hasMessage("the server closed the connection: bye");
      assertThat(server.frame()).isEqualTo("8 ");
    }
  }

  @Test
  void aSilentServerIsAskedOnce() throws Exception {
    try (RawServer server = new RawServer("");
        ExecChannel channel = dial(server.url(), SHORT)) {
      assertThatThrownBy(channel::receive).hasMessage("no sign of life for 400 ms");
      assertThat(server.frame()).isEqualTo("9 ");
    }
  }

  /// Else a question that follows another one waits 40 ms for the server's acknowledgement.
  @Test
  void whatIsSentGoesAtOnce() throws Exception {
    try (RawServer server = new RawServer("");
        Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
      assertThat(socket.getTcpNoDelay()).isFalse();
      SocketChannel channel = new SocketChannel(socket, socket, LIMIT);

      assertThat(channel.upgrade(new WsHandshake(server.url(), null, "dGVzdA=="))).isEqualTo(101);
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void whatIsNotReceivedIsNotSent() throws Exception {
    int messages = 1000;
    AtomicInteger sent = new AtomicInteger();
    try (BareSocketServer server = new BareSocketServer(peer -> flood(peer, messages, sent));
        ExecChannel channel = dial(server.url(), LIMIT)) {
      assertThat(channel.receive()).isNotNull();
      AtomicInteger before = new AtomicInteger(-1);
      AtomicInteger rounds = new AtomicInteger();
      // Many looks in a row that see no progress.
      Run.await(
          "the server is held back",
          () -> {
            boolean isSame = before.getAndSet(sent.get()) == sent.get();
            return (isSame ? rounds.incrementAndGet() : rounds.getAndSet(0)) > 20;
          });
      assertThat(sent).hasValueLessThan(messages);
      for (int i = 1; i < messages; i++) {
        assertThat(Objects.requireNonNull(channel.receive()).remaining()).isEqualTo(64 * 1024);
      }
    }
  }

  private static void flood(ExecChannel peer, int messages, AtomicInteger sent) {
    try {
      for (int i = 0; i < messages; i++) {
        peer.send(ByteBuffer.wrap("x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8)));
        sent.incrementAndGet();
      }
      peer.receive();
    } catch (IOException | InterruptedException gone) {
      // The test is over.
    }
  }

  private static ExecChannel dial(URI url, Duration keepAlive) throws Exception {
    return new SocketDialer(
            new RemotePlace.Socket(url, null, LIMIT, LIMIT), keepAlive, new TlsSockets(Map.of()))
        .dial(LIMIT);
  }

  /// Accepts one client, says the frames it was given, and keeps those that it gets.
  private static final class RawServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<DataInputStream> from = new CompletableFuture<>();

    private RawServer(String hex) throws IOException {
      Thread.ofVirtual().name("raw-server").start(() -> serve(hex.replace(" ", "")));
    }

    private URI url() {
      return URI.create("ws://127.0.0.1:" + listener.getLocalPort());
    }

    private void serve(String hex) {
      try {
        Socket client = listener.accept();
        DataInputStream in = new DataInputStream(client.getInputStream());
        List<String> request = new ArrayList<>();
        for (String line = BareSocketServer.line(in);
            !line.isEmpty();
            line = BareSocketServer.line(in)) {
          request.add(line);
        }
        String head =
            "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + BareSocketServer.key(request)
                + "\r\n";
        client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().write(HexFormat.of().parseHex(hex));
        from.complete(in);
      } catch (IOException failure) {
        from.completeExceptionally(failure);
      }
    }

    /// The next short frame of the client: its kind and its payload.
    private String frame() throws Exception {
      DataInputStream in = from.get(20, TimeUnit.SECONDS);
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      assertThat(first & 0x80).as("a whole frame").isNotZero();
      assertThat(second & 0x80).as("masked").isNotZero();
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(second & 0x7f);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      return (first & 0xf) + " " + new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      listener.close();
      from.join().close();
    }
  }
}
