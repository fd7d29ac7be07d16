package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.http.TlsSockets;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes connections to one place. Any thread may call it.
interface Dialer extends AutoCloseable {

  /// Opens a new connection.
  ///
  /// @param limit how long it may take at most
  ExecChannel dial(Duration limit) throws DialException, InterruptedException;

  /// How long to wait before the next attempt to reconnect.
  ///
  /// @param attempts how many have failed
  Duration pause(int attempts);

  /// What makes the threads that receive from a connection and send to it.
  Thread.Builder threads();

  /// After what silence a server is asked whether it is still there; null when the connection sees
  /// to that itself.
  @Nullable Duration askAfter();

  @Override
  void close();

  static Dialer to(RemotePlace place, Duration keepAlive, TlsSockets tls) {
    return switch (place) {
      case RemotePlace.Socket socket -> new SocketDialer(socket, keepAlive, tls);
      case RemotePlace.Program program -> new ProgramDialer(program, keepAlive);
    };
  }
}
