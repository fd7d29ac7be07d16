package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.server.ws.WsAuth;
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
    OwnServer server = OwnServer.listen(WsAuth.CapabilityToken.of("s3cret"));
    end = server::close;
    return new RemotePlace.Socket(server.uri(), "s3cret", LIMIT, LIMIT);
  }

  @Override
  void end() {
    end.run();
  }
}
