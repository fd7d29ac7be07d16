package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.http.OwnAuthority;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A remote place behind TLS: only the right server gets the token.
@Timeout(60)
class SecureSocketTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration KEEP_ALIVE = Duration.ofMillis(1500);
  private static final Timing TIMING =
      new Timing(LIMIT, LIMIT, KEEP_ALIVE, LIMIT, LIMIT, LIMIT, LIMIT);

  @TempDir private Path folder;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final FakeExecServer fake = new FakeExecServer(() -> false);

  @AfterEach
  void forgetTheAuthority() {
    OwnAuthority.forget();
  }

  @Test
  void everythingGoesThrough() throws Exception {
    OwnAuthority keys = OwnAuthority.make(folder, "ip:127.0.0.1");
    keys.trust();
    byte[] much = new byte[3 * 1024 * 1024];
    fake.with(
        "cat",
        new Arrival.Chunk(
            new ProcessEvent.Output(1, ProcessEvent.Stream.STDOUT, ByteBuffer.wrap(much))),
        FakeCommand.AWAIT_WRITE,
        new Arrival.Exit(2, 0, false),
        new Arrival.End(3));
    try (BareSocketServer server = server(keys);
        RemoteBackend backend = backend(server)) {
      ExecProcess process =
          backend.start(
              new ProcessSpec(
                  List.of("cat"), null, Path.of("/w"), Map.of(), new Stdio.Pipes(true)));
      List<ProcessEvent> events = new ArrayList<>();
      events.add(process.next(LIMIT));
      // A silence of several signs of life comes in between.
      assertThat(process.next(KEEP_ALIVE.multipliedBy(5).dividedBy(2))).isNull();
      process.write(ByteBuffer.wrap(much, 0, 64 * 1024));
      events.add(process.next(LIMIT));
      events.add(process.next(LIMIT));

      assertThat(events)
          .containsExactly(
              new ProcessEvent.Output(1, ProcessEvent.Stream.STDOUT, ByteBuffer.wrap(much)),
              new ProcessEvent.Exited(2, 0, false),
              new ProcessEvent.Closed(3, true));
      assertThat(fake.written().stream().mapToInt(ByteBuffer::remaining).sum())
          .isEqualTo(64 * 1024);
      assertThat(fake.count("initialize")).isEqualTo(1);
      assertThat(heads).contains("Authorization: Bearer s3cret");
    }
  }

  @Test
  void anUnknownAuthorityIsToldNothing() throws Exception {
    OwnAuthority keys = OwnAuthority.make(folder, "ip:127.0.0.1");
    try (BareSocketServer server = server(keys);
        RemoteBackend backend = backend(server)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessageStartingWith("cannot reach the exec-server at " + url(server) + " safely: ");
    }
    assertThat(heads).isEmpty();
  }

  @Test
  void anotherHostIsToldNothing() throws Exception {
    OwnAuthority keys = OwnAuthority.make(folder, "dns:elsewhere.test");
    keys.trust();
    try (BareSocketServer server = server(keys);
        RemoteBackend backend = backend(server)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessageStartingWith("cannot reach the exec-server at " + url(server) + " safely: ")
          .hasMessageContaining("127.0.0.1");
    }
    assertThat(heads).isEmpty();
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsToldNothing() throws Exception {
    try (BareSocketServer server = new BareSocketServer(this::noted, fake::serve);
        RemoteBackend backend = backend(server, SHORT)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage("cannot reach the exec-server at " + url(server) + " within 300 ms");
    }
    assertThat(heads).isEmpty();
  }

  /// Lets everybody in.
  private int noted(List<String> lines) {
    heads.addAll(lines.stream().filter(line -> line.startsWith("A")).toList());
    return 101;
  }

  private BareSocketServer server(OwnAuthority keys) throws Exception {
    return new BareSocketServer(
        keys.context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        this::noted,
        fake::serve);
  }

  private static URI url(BareSocketServer server) {
    return URI.create(server.url().toString().replace("ws:", "wss:"));
  }

  private static RemoteBackend backend(BareSocketServer server) {
    return backend(server, LIMIT);
  }

  private static RemoteBackend backend(BareSocketServer server, Duration connect) {
    return new RemoteBackend(
        new RemotePlace.Socket(url(server), "s3cret", connect, LIMIT), TIMING, () -> null);
  }
}
