package dev.codexlsp.exec.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A listening socket on the loopback address whose connections a test can break. One thread, and
/// one for each who comes.
final class LoopbackDoor implements AutoCloseable {
  private final ServerSocket listener;
  private final Host host;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// Takes each who comes, on a thread of his own; then his connection is closed.
  interface Host {
    void take(Socket guest) throws IOException;
  }

  LoopbackDoor(Host host) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), host);
  }

  /// @param listener closed with this
  LoopbackDoor(ServerSocket listener, Host host) {
    this.listener = listener;
    this.host = host;
    Thread.ofVirtual().name("door-" + listener.getLocalPort()).start(this::accept);
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket guest = listener.accept();
        watch(guest);
        Thread.ofVirtual().name("guest-" + guest.getPort()).start(() -> serve(guest));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void serve(Socket guest) {
    try {
      host.take(guest);
    } catch (IOException gone) {
      // The connection has been broken, by whomever.
    } finally {
      close(guest);
    }
  }

  /// A connection that is cut with the others; what is sent on it goes at once.
  Socket watch(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    open.add(socket);
    return socket;
  }

  boolean hasGuests() {
    return !open.isEmpty();
  }

  void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Breaks every connection there is, and none that comes in the place of a broken one.
  void cut() {
    List.copyOf(open).forEach(this::close);
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
}
