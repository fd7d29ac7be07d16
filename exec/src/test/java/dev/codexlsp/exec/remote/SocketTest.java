package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A remote place behind a real socket: what is said when it cannot be used, and that it carries
/// everything when it can.
@Timeout(60)
class SocketTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Timing TIMING = new Timing(LIMIT, LIMIT, LIMIT, SHORT, SHORT, SHORT, SHORT);

  private final FakeExecServer fake = new FakeExecServer(() -> false);

  @Test
  void aCommandWithMuchOutput() throws Exception {
    byte[] much = new byte[3 * 1024 * 1024];
    for (int i = 0; i < much.length; i++) {
      much[i] = (byte) (i * 31);
    }
    fake.with(
        "cat",
        new Arrival.Chunk(
            new ProcessEvent.Output(1, ProcessEvent.Stream.STDERR, ByteBuffer.wrap(much))),
        new Arrival.Exit(2, 0, false),
        new Arrival.End(3));
    try (BareSocketServer server = new BareSocketServer(fake::serve);
        RemoteBackend backend = backend(server.url(), null, TIMING)) {
      assertThat(all(backend.start(spec("cat"))))
          .containsExactly(
              new ProcessEvent.Output(1, ProcessEvent.Stream.STDERR, ByteBuffer.wrap(much)),
              new ProcessEvent.Exited(2, 0, false),
              new ProcessEvent.Closed(3, true));
    }
  }

  @Test
  void aBrokenConnectionIsMadeAgain() throws Exception {
    fake.with(
        "make",
        new Arrival.Chunk(Play.chunk(1, "a")),
        FakeExecServer.AWAIT_WRITE,
        new Arrival.Chunk(Play.chunk(2, "b")),
        new Arrival.Exit(3, 17, false),
        new Arrival.End(4));
    try (BareSocketServer server = new BareSocketServer(fake::serve);
        RemoteBackend backend = backend(server.url(), null, TIMING)) {
      ExecProcess process =
          backend.start(
              new ProcessSpec(
                  List.of("make"), null, Path.of("/w"), Map.of(), new Stdio.Pipes(true)));
      assertThat(process.next(LIMIT)).isEqualTo(Play.chunk(1, "a"));
      server.cut();
      process.write(ByteBuffer.wrap(new byte[] {1}));

      assertThat(all(process))
          .containsExactly(
              Play.chunk(2, "b"),
              new ProcessEvent.Exited(3, 17, false),
              new ProcessEvent.Closed(4, true));
      assertThat(fake.count("initialize")).isEqualTo(2);
      assertThat(fake.count("process/read")).isEqualTo(1);
    }
  }

  @Test
  void theTokenIsSentAndNoOrigin() throws Exception {
    List<String> head = new CopyOnWriteArrayList<>();
    try (BareSocketServer server =
            new BareSocketServer(
                lines -> {
                  head.addAll(lines);
                  return 101;
                },
                fake::serve);
        RemoteBackend backend = backend(server.url(), "s3cret", TIMING)) {
      backend.surroundings();
    }

    assertThat(head).contains("Authorization: Bearer s3cret");
    assertThat(head).noneMatch(line -> line.regionMatches(true, 0, "Origin:", 0, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | t | the exec-server at URL refused the bearer token
          401 |   | the exec-server at URL wants a bearer token, and none is configured
          403 |   | the exec-server at URL answered the upgrade with HTTP status 403
          307 | t | the exec-server at URL answered the upgrade with HTTP status 307
          404 |   | the exec-server at URL answered the upgrade with HTTP status 404
          503 |   | the exec-server at URL answered the upgrade with HTTP status 503
          """)
  void aServerThatSaysNo(int status, @Nullable String token, String message) throws Exception {
    try (BareSocketServer server = new BareSocketServer(_ -> status, _ -> {});
        RemoteBackend backend = backend(server.url(), token, TIMING)) {
      assertThatThrownBy(() -> backend.start(spec("true")))
          .isInstanceOf(ExecException.class)
          .hasMessage(message.replace("URL", server.url().toString()));
    }
  }

  @Test
  void aPathThatTheServerDoesNotHave() throws Exception {
    try (BareSocketServer server = new BareSocketServer(_ -> 404, _ -> {});
        RemoteBackend backend = backend(server.url().resolve("/t0ken"), null, TIMING)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage(
              "the exec-server at "
                  + server.url()
                  + " answered the upgrade with HTTP status 404; an exec-server has no path but /");
    }
  }

  @Test
  void whatHadArrivedBeforeTheServerHungUpIsNotLost() throws Exception {
    for (int round = 0; round < 50; round++) {
      CountDownLatch greeted = new CountDownLatch(1);
      try (BareSocketServer server =
          new BareSocketServer(channel -> {
            sayManyAndHangUp(channel);
            greeted.countDown();
          })) {
        SocketDialer dialer =
            new SocketDialer(
                new RemotePlace.Socket(server.url(), null, LIMIT, LIMIT), Duration.ofSeconds(20));
        ExecChannel channel = dialer.dial(LIMIT);
        greeted.await();
        for (int i = 0; i < 100; i++) {
          assertThat(StandardCharsets.UTF_8.decode(channel.receive()).toString())
              .isEqualTo("message " + i);
        }
        assertThatThrownBy(channel::receive).hasMessage("the server closed the connection");
        channel.close();
      }
    }
  }

  private static void sayManyAndHangUp(ExecChannel channel) {
    try {
      for (int i = 0; i < 100; i++) {
        channel.send(ByteBuffer.wrap(("message " + i).getBytes(StandardCharsets.UTF_8)));
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anInterruptEndsTheWaitForAServerThatIsSilent() throws Exception {
    try (Neighbour silent = new Neighbour("")) {
      SocketDialer dialer =
          new SocketDialer(new RemotePlace.Socket(silent.url(), null, LIMIT, LIMIT), LIMIT);
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  dialer.dial(LIMIT);
                  thrown.complete(new AssertionError("connected"));
                } catch (DialException | InterruptedException failure) {
                  thrown.complete(failure);
                }
              });
      Run.await("the server has a guest", () -> !silent.guests.isEmpty());
      thread.interrupt();
      assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    URI free;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = URI.create("ws://127.0.0.1:" + listener.getLocalPort());
    }
    try (RemoteBackend backend = backend(free, null, TIMING)) {
      assertThatThrownBy(() -> backend.start(spec("true")))
          .hasMessage("cannot reach the exec-server at " + free + ": connection refused");
    }
  }

  @Test
  void aHostThatDoesNotExist() {
    URI url = URI.create("ws://user:pw@nowhere.invalid:81/x?token=t");
    try (RemoteBackend backend = backend(url, null, TIMING)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage(
              "cannot reach the exec-server at ws://nowhere.invalid:81: its host is not known");
    }
  }

  @Test
  void aServerOfAnotherProtocol() throws Exception {
    try (Neighbour ssh = new Neighbour("SSH-2.0-OpenSSH_9.2\r\n");
        RemoteBackend backend = backend(ssh.url(), null, TIMING)) {
      assertThatThrownBy(backend::surroundings)
          .isInstanceOf(ExecException.class)
          .hasMessage(
              "the exec-server at "
                  + ssh.url()
                  + " does not speak the exec-server protocol: it said \"SSH-2.0-OpenSSH_9.2\"");
    }
  }

  @Test
  void aServerThatIsSilent() throws Exception {
    try (Neighbour silent = new Neighbour("");
        RemoteBackend backend =
            new RemoteBackend(
                new RemotePlace.Socket(silent.url(), null, SHORT, LIMIT), TIMING, () -> null)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage("cannot reach the exec-server at " + silent.url() + " within 500 ms");
    }
  }

  @Test
  void aServerThatDoesNotGreet() throws Exception {
    try (BareSocketServer server = new BareSocketServer(SocketTest::listenOnly);
        RemoteBackend backend =
            new RemoteBackend(
                new RemotePlace.Socket(server.url(), null, LIMIT, SHORT), TIMING, () -> null)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage(
              "cannot use the exec-server at "
                  + server.url()
                  + ": no answer to initialize within 500 ms");
    }
  }

  @Test
  void aServerThatTalksOfOtherThings() throws Exception {
    try (BareSocketServer server = new BareSocketServer(saying("{\"hello\":\"world\"}"));
        RemoteBackend backend = backend(server.url(), null, TIMING)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage(
              "the exec-server at "
                  + server.url()
                  + " does not speak the exec-server protocol: it said \"{\"hello\":\"world\"}\"");
    }
  }

  @Test
  void aServerThatDiedSilentlyIsNoticed() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);
    fake.with("true", new Arrival.Exit(1, 0, false), new Arrival.End(2));
    Timing impatient = new Timing(LIMIT, LIMIT, SHORT, SHORT, SHORT, SHORT, SHORT);
    try (BareSocketServer server =
            new BareSocketServer(channel -> {
              if (connections.incrementAndGet() == 1) {
                greetAndFallSilent(channel, over);
              } else {
                fake.serve(channel);
              }
            });
        RemoteBackend backend = backend(server.url(), null, impatient)) {
      // Asked of the first connection, which does not answer any more, and then of the second.
      assertThat(backend.surroundings().shell()).isEqualTo(Path.of("/bin/sh"));
      assertThat(connections).hasValue(2);
    } finally {
      over.countDown();
    }
  }

  private void greetAndFallSilent(ExecChannel channel, CountDownLatch over) {
    try {
      channel.receive();
      channel.send(
          ByteBuffer.wrap(
              ("{\"id\":1,\"result\":{\"sessionId\":\"" + FakeExecServer.SESSION + "\"}}")
                  .getBytes(StandardCharsets.UTF_8)));
      over.await();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void listenOnly(ExecChannel channel) {
    try {
      while (channel.receive() != null) {
        // Says nothing.
      }
    } catch (IOException | InterruptedException end) {
      // The client has hung up.
    }
  }

  private static Consumer<ExecChannel> saying(String text) {
    return channel -> {
      try {
        channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException | InterruptedException gone) {
        // The client has hung up.
      }
      listenOnly(channel);
    };
  }

  /// A server that greets everybody in its own way and listens to nobody.
  private static final class Neighbour implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> guests = new CopyOnWriteArrayList<>();

    private Neighbour(String greeting) throws IOException {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                Socket guest = listener.accept();
                guests.add(guest);
                guest.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
              }
            } catch (IOException closed) {
              // The end of the server.
            }
          });
    }

    private URI url() {
      return URI.create("ws://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      listener.close();
      for (Socket guest : guests) {
        guest.close();
      }
    }
  }

  private static RemoteBackend backend(URI url, @Nullable String token, Timing timing) {
    return new RemoteBackend(new RemotePlace.Socket(url, token, LIMIT, LIMIT), timing, () -> null);
  }

  private static ProcessSpec spec(String program) {
    return new ProcessSpec(List.of(program), Path.of("/w"), Map.of());
  }

  private static List<ProcessEvent> all(ExecProcess process) throws InterruptedException {
    List<ProcessEvent> events = new ArrayList<>();
    for (ProcessEvent event = process.next(LIMIT); event != null; event = process.next(LIMIT)) {
      events.add(event);
    }
    return events;
  }
}
