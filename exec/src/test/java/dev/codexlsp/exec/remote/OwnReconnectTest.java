package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.server.ws.WsAuth;
import java.net.URI;

/// Our client with our server, and connections that break.
class OwnReconnectTest extends ReconnectSuite {
  private Runnable end = () -> {};

  @Override
  URI listen() throws Exception {
    OwnServer server = OwnServer.listen(new WsAuth.None());
    end = server::close;
    return server.uri();
  }

  @Override
  void end() {
    end.run();
  }
}
