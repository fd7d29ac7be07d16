package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Our client with the original's server, through its pipes. Needs its binary: `-Dcodex.peer=FILE`.
@Tag("peer")
class PeerStdioTargetTest extends RemoteSuite {
  /// Not among the temporary folders, where the original does not keep what it confines with.
  @TempDir(factory = InBuildFolder.class)
  static Path home;

  @Override
  ExecBackend open() {
    return new RemoteBackend(
        new RemotePlace.Program(
            PeerServer.argv("stdio"), PeerServer.environment(home), home, Run.LIMIT),
        TIMING,
        () -> null);
  }

  @Override
  void end() {
    // The program ends with its pipes.
  }
}
