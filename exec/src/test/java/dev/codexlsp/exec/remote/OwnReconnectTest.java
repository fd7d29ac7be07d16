package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.server.ws.WsAuth;
import java.net.URI;

/// Our client with our server, and connections that break.
class OwnReconnectTest extends ReconnectSuite {
  private OwnServer server;

  @Override
  URI listen() throws Exception {
    server = OwnServer.listen(new WsAuth.None());
    return server.uri();
  }

  @Override
  void end() {
    server.close();
  }
}
