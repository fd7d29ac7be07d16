package dev.codexlsp.exec.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

/// Passes bytes on between a client and a server until a test wants otherwise. Two threads per
/// connection.
public final class CuttingProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final LoopbackDoor door;
  private final int target;
  private volatile boolean isDown;

  public CuttingProxy(int target) throws IOException {
    this.target = target;
    door = new LoopbackDoor(this::serve);
  }

  public URI url() {
    return door.url();
  }

  /// Breaks every connection there is.
  public void cut() {
    door.cut();
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
    door.close();
  }

  private void serve(Socket client) throws IOException {
    if (!isDown) {
      Socket server = door.watch(new Socket(InetAddress.getLoopbackAddress(), target));
      Thread.ofVirtual().name("proxy-down").start(() -> pass(server, client));
      pass(client, server);
    }
  }

  private void pass(Socket from, Socket to) {
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
      door.close(from);
      door.close(to);
    }
  }
}
