package dev.codexlsp.exec.server;

import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.server.conversation.ClientEnd;
import dev.codexlsp.exec.server.conversation.Scenarios;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scenarios over a connection without a network, with real processes and files.
class ConversationTest {
  static List<Path> scenarios() throws IOException {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void plays(Path scenario, @TempDir Path folder) throws Exception {
    Map<String, String> variables = Map.of("SHELL", "/bin/sh", "MY_VARIABLE", "mine");
    try (ExecServer server =
        new ExecServer(
            new LocalBackend(Duration.ofDays(1), variables),
            new ExecServer.Facts("1.2.3", variables),
            ExecServer.Limits.withConcurrentRequests(1),
            ExecObserver.NONE)) {
      Scenarios.check(scenario, () -> new End(server), folder);
    }
  }

  private static final class End implements ClientEnd {
    private final MemoryWire wire = new MemoryWire();
    private final Thread serving;

    End(ExecServer server) {
      Peer peer = new Peer(Peer.Transport.WEBSOCKET, "127.0.0.1:1");
      serving = Thread.ofVirtual().start(() -> server.serve(wire, peer));
    }

    @Override
    public void send(String message) {
      wire.put(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public @Nullable String receive(Duration limit) throws Exception {
      long endBy = System.nanoTime() + limit.toNanos();
      while (System.nanoTime() < endBy) {
        @Nullable ByteBuffer message = wire.take(10);
        if (message != null) {
          return StandardCharsets.UTF_8.decode(message).toString();
        }
        if (!serving.isAlive()) {
          return CLOSED;
        }
      }
      return null;
    }

    @Override
    public void cut() throws Exception {
      wire.cut();
      serving.join();
    }
  }
}
