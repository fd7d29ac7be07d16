package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.server.ws.WsAuth;

/// Our client with our server, through a WebSocket that asks for a token.
class SocketTargetTest extends RemoteSuite {
  private Runnable end = () -> {};

  @Override
  ExecBackend open() throws Exception {
    OwnServer server = OwnServer.listen(WsAuth.CapabilityToken.of("s3cret"));
    end = server::close;
    return new RemoteBackend(
        new RemotePlace.Socket(server.uri(), "s3cret", Run.LIMIT, Run.LIMIT), TIMING, () -> null);
  }

  @Override
  void end() {
    end.run();
  }
}
