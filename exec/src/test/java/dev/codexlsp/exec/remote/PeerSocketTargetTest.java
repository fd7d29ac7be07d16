package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Our client with the original's server, through a WebSocket. Needs its binary:
/// `-Dcodex.peer=FILE`.
@Tag("peer")
class PeerSocketTargetTest extends RemoteSuite {
  /// Not among the temporary folders, where the original does not keep what it confines with.
  @TempDir(factory = InBuildFolder.class)
  static Path home;

  private Runnable end = () -> {};

  @Override
  ExecBackend open() throws Exception {
    PeerServer server = PeerServer.listen(home);
    end = server::close;
    return new RemoteBackend(
        new RemotePlace.Socket(server.uri(), null, Run.LIMIT, Run.LIMIT), TIMING, () -> null);
  }

  @Override
  void end() {
    end.run();
  }
}
