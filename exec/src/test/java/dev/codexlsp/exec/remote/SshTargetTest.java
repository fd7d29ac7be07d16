package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Our client with our server on the other side of a real OpenSSH connection.
class SshTargetTest extends RemoteSuite {
  @TempDir static Path sshHome;
  private Runnable end = () -> {};

  @Override
  ExecBackend open() throws Exception {
    OpenSsh ssh = OpenSsh.start(sshHome);
    end = ssh::close;
    return new RemoteBackend(ssh.place(StdioExecServer.argv()), TIMING, () -> null);
  }

  @Override
  void end() {
    end.run();
  }
}
