package dev.codexlsp.exec.remote;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Our client with the original's server, and connections that break.
@Tag("peer")
class PeerReconnectTest extends ReconnectSuite {
  @TempDir Path home;
  private Runnable end = () -> {};

  @Override
  URI listen() throws Exception {
    PeerServer server = PeerServer.listen(home);
    end = server::close;
    return server.uri();
  }

  @Override
  void end() {
    end.run();
  }
}
