package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.server.ExecObserver;
import dev.codexlsp.exec.server.ExecServer;
import dev.codexlsp.exec.server.ws.WsAuth;
import dev.codexlsp.exec.server.ws.WsListener;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// Our exec-server on a socket of this machine.
record OwnServer(ExecServer server, WsListener listener) implements AutoCloseable {

  static ExecServer make() {
    return new ExecServer(
        new LocalBackend(Duration.ofSeconds(30), System.getenv()),
        new ExecServer.Facts("test", System.getenv()),
        ExecServer.Limits.withConcurrentRequests(1),
        ExecObserver.NONE);
  }

  static OwnServer listen(WsAuth auth) throws IOException {
    ExecServer server = make();
    return new OwnServer(
        server, WsListener.open("127.0.0.1", 0, new WsListener.Visitors(auth, server)));
  }

  URI uri() {
    return listener.uri();
  }

  @Override
  public void close() {
    listener.close();
    server.close();
  }
}
