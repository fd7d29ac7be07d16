package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Commands.all;
import static dev.codexlsp.exec.remote.Commands.behind;
import static dev.codexlsp.exec.remote.Commands.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.http.TlsSockets;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        RemoteBackend backend = behind(server.url(), null, TIMING)) {
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
        FakeCommand.AWAIT_WRITE,
        new Arrival.Chunk(Play.chunk(2, "b")),
        new Arrival.Exit(3, 17, false),
        new Arrival.End(4));
    try (BareSocketServer server = new BareSocketServer(fake::serve);
        RemoteBackend backend = behind(server.url(), null, TIMING)) {
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
  void theHostAndTheTokenAreSentAndNoOrigin() throws Exception {
    URI url;
    List<String> head = new CopyOnWriteArrayList<>();
    try (BareSocketServer server =
            new BareSocketServer(
                lines -> {
                  head.addAll(lines);
                  return 101;
                },
                fake::serve);
        RemoteBackend backend = behind(server.url(), "s3cret", TIMING)) {
      url = server.url();
      backend.surroundings();
    }

    assertThat(head)
        .startsWith("GET / HTTP/1.1")
        .containsOnlyOnce("Host: 127.0.0.1:" + url.getPort(), "Authorization: Bearer s3cret");
    assertThat(head).noneMatch(line -> line.regionMatches(true, 0, "Origin:", 0, 7));
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
                new RemotePlace.Socket(server.url(), null, LIMIT, LIMIT),
                Duration.ofSeconds(20),
                new TlsSockets(Map.of()));
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
          new SocketDialer(
              new RemotePlace.Socket(silent.url(), null, LIMIT, LIMIT),
              LIMIT,
              new TlsSockets(Map.of()));
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
      Run.await("the server has a guest", silent::hasGuests);
      thread.interrupt();
      assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
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
        RemoteBackend backend = behind(server.url(), null, impatient)) {
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
}
