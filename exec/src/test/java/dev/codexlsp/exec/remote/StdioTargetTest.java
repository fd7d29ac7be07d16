package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.Run;
import java.nio.file.Path;

/// Our client with our server, through the pipes of a program.
class StdioTargetTest extends RemoteSuite {
  @Override
  ExecBackend open() {
    return new RemoteBackend(
        new RemotePlace.Program(StdioExecServer.argv(), System.getenv(), Path.of("/"), Run.LIMIT),
        TIMING,
        () -> null);
  }

  @Override
  void end() {
    // The program ends with its pipes.
  }
}
