package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.server.ExecObserver;
import dev.codexlsp.exec.server.ExecServer;
import dev.codexlsp.exec.server.Peer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Our client with our server.
@ParameterizedClass
@EnumSource(OwnServerTest.Way.class)
class OwnServerTest extends RemoteSuite {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Parameter Way way;
  private Runnable end = () -> {};

  enum Way {
    /// Through a program's pipes.
    PIPES,

    /// Through a WebSocket.
    SOCKET
  }

  @Override
  RemoteBackend open() throws Exception {
    RemotePlace place =
        switch (way) {
          case PIPES ->
              new RemotePlace.Program(
                  StdioExecServer.argv(), System.getenv(), Path.of("/"), LIMIT);
          case SOCKET -> socket();
        };
    return new RemoteBackend(place, TIMING, () -> null);
  }

  private RemotePlace socket() throws Exception {
    ExecServer server =
        new ExecServer(
            new LocalBackend(LIMIT, System.getenv()),
            new ExecServer.Facts("test", System.getenv()),
            ExecServer.Limits.withConcurrentRequests(1),
            ExecObserver.NONE);
    BareSocketServer socket =
        new BareSocketServer((ExecChannel channel) ->
            server.serve(channel, new Peer(Peer.Transport.WEBSOCKET, "test")));
    end =
        () -> {
          socket.close();
          server.close();
        };
    return new RemotePlace.Socket(socket.url(), null, LIMIT, LIMIT);
  }

  @Override
  void end() {
    end.run();
  }
}
