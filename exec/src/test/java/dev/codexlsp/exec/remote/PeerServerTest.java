package dev.codexlsp.exec.remote;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Our client with the original's server. Needs its binary: `-Dcodex.peer=FILE`.
@Tag("peer")
@ParameterizedClass
@EnumSource(PeerServerTest.Way.class)
class PeerServerTest extends RemoteSuite {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path home;
  @Parameter Way way;
  private Runnable end = () -> {};

  enum Way {
    /// Through its pipes.
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
                  PeerServer.argv("stdio"), PeerServer.environment(home), home, LIMIT);
          case SOCKET -> socket();
        };
    return new RemoteBackend(place, TIMING, () -> null);
  }

  private RemotePlace socket() throws Exception {
    PeerServer server = PeerServer.listen(home);
    end = server::close;
    return new RemotePlace.Socket(server.uri(), null, LIMIT, LIMIT);
  }

  @Override
  void end() {
    end.run();
  }
}
