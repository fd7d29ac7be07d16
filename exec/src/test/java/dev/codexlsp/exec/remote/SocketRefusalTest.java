package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Commands.behind;
import static dev.codexlsp.exec.remote.Commands.spec;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A remote place behind a real socket that cannot be used, and what is said of it.
@Timeout(60)
class SocketRefusalTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Timing TIMING = new Timing(LIMIT, LIMIT, LIMIT, SHORT, SHORT, SHORT, SHORT);

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
        RemoteBackend backend = behind(server.url(), token, TIMING)) {
      assertThatThrownBy(() -> backend.start(spec("true")))
          .isInstanceOf(ExecException.class)
          .hasMessage(message.replace("URL", server.url().toString()));
    }
  }

  @Test
  void aPathThatTheServerDoesNotHave() throws Exception {
    try (BareSocketServer server = new BareSocketServer(_ -> 404, _ -> {});
        RemoteBackend backend = behind(server.url().resolve("/t0ken"), null, TIMING)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage(
              "the exec-server at "
                  + server.url()
                  + " answered the upgrade with HTTP status 404; an exec-server has no path but /");
    }
  }

  @Test
  void nobodyListens() throws Exception {
    URI free;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = URI.create("ws://127.0.0.1:" + listener.getLocalPort());
    }
    try (RemoteBackend backend = behind(free, null, TIMING)) {
      assertThatThrownBy(() -> backend.start(spec("true")))
          .hasMessage("cannot reach the exec-server at " + free + ": connection refused");
    }
  }

  @Test
  void aHostThatDoesNotExist() {
    URI url = URI.create("ws://user:pw@nowhere.invalid:81/x?token=t");
    try (RemoteBackend backend = behind(url, null, TIMING)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage(
              "cannot reach the exec-server at ws://nowhere.invalid:81: its host is not known");
    }
  }

  @Test
  void aServerOfAnotherProtocol() throws Exception {
    try (Neighbour ssh = new Neighbour("SSH-2.0-OpenSSH_9.2\r\n");
        RemoteBackend backend = behind(ssh.url(), null, TIMING)) {
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
    try (BareSocketServer server = new BareSocketServer(SocketRefusalTest::listenOnly);
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
        RemoteBackend backend = behind(server.url(), null, TIMING)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage(
              "the exec-server at "
                  + server.url()
                  + " does not speak the exec-server protocol: it said \"{\"hello\":\"world\"}\"");
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
}
