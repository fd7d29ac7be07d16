package dev.codexlsp.exec.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/// Speaks TLS for a server that does not. Ends with [#close].
public final class TlsRelay implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TlsRelay(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /// A relay that listens.
  ///
  /// @param target the port on the loopback address of the server that does not
  public static TlsRelay to(int target, SSLContext keys) throws IOException {
    TlsRelay relay =
        new TlsRelay(
            keys.getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()),
            target);
    Thread.ofVirtual().name("tls-relay").start(relay::accept);
    return relay;
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> relay(client));
      }
    } catch (IOException closed) {
      // The relay has been closed.
    }
  }

  private void relay(Socket client) {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(server);
      ConnectProxy.Pipes.join(client, server);
      open.remove(server);
    } catch (IOException gone) {
      // Nobody is left who could be told.
    } finally {
      open.remove(client);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
