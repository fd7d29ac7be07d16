package dev.codexlsp.exec.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes bytes on between a client and a server until a test wants otherwise. Two threads per
/// connection.
public final class CuttingProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isDown;

  public CuttingProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy-accept").start(this::accept);
  }

  public URI url() {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort());
  }

  /// Breaks every connection there is.
  public void cut() {
    open.forEach(CuttingProxy::close);
    open.clear();
  }

  /// While it is down, new connections break at once.
  void down(boolean down) {
    isDown = down;
    if (down) {
      cut();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        if (isDown) {
          client.close();
        } else {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
          client.setTcpNoDelay(true);
          server.setTcpNoDelay(true);
          open.add(client);
          open.add(server);
          Thread.ofVirtual().name("proxy-up").start(() -> pass(client, server));
          Thread.ofVirtual().name("proxy-down").start(() -> pass(server, client));
        }
      }
    } catch (IOException closed) {
      // The end of the proxy.
    }
  }

  private static void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException cut) {
      // Both ends see it, below.
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
