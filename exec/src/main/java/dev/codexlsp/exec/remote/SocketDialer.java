package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.http.TlsSockets;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Connects by WebSocket. Nothing is made before the first connection.
final class SocketDialer implements Dialer {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 500;
  private static final int KEY_BYTES = 16;
  private static final int WS_PORT = 80;
  private static final int WSS_PORT = 443;

  private final RemotePlace.Socket place;
  private final Duration keepAlive;
  private final TlsSockets tls;

  SocketDialer(RemotePlace.Socket place, Duration keepAlive, TlsSockets tls) {
    this.place = place;
    this.keepAlive = keepAlive;
    this.tls = tls;
  }

  /// Connects on a virtual thread, whose interrupt ends every step but the look-up of the host.
  @Override
  public ExecChannel dial(Duration limit) throws DialException, InterruptedException {
    Duration timeout = place.connectTimeout().compareTo(limit) < 0 ? place.connectTimeout() : limit;
    Alarm alarm = new Alarm(timeout);
    try {
      return connect(alarm);
    } catch (IOException failure) {
      alarm.closeSocket();
      if (Thread.interrupted()) {
        throw new InterruptedException("connecting was interrupted");
      }
      throw told(failure, alarm);
    } catch (DialException refused) {
      alarm.closeSocket();
      throw refused;
    } finally {
      alarm.stop();
    }
  }

  /// Closes the socket of an attempt when its time is up, whichever step it is at.
  private static final class Alarm {
    private final Duration limit;
    private final long endBy;
    private final Thread clock;
    private volatile @Nullable Socket socket;
    private volatile boolean isOver;

    private Alarm(Duration limit) {
      this.limit = limit;
      this.endBy = System.nanoTime() + limit.toNanos();
      this.clock = Thread.ofVirtual().name("exec-ws-alarm").start(this::ring);
    }

    private void ring() {
      try {
        Thread.sleep(limit.isNegative() ? Duration.ZERO : limit);
        isOver = true;
        closeSocket();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /// A socket that is closed in time.
    private Socket watch(Socket made) throws IOException {
      socket = made;
      if (isOver) {
        closeSocket();
      }
      return made;
    }

    private int leftMillis(int share) {
      return (int) Math.max(1, Duration.ofNanos(endBy - System.nanoTime()).toMillis() / share);
    }

    private void closeSocket() {
      Socket made = socket;
      if (made != null) {
        try {
          made.close();
        } catch (IOException gone) {
          // It is closed all the same.
        }
      }
    }

    private void stop() {
      clock.interrupt();
    }
  }

  private ExecChannel connect(Alarm alarm) throws IOException, DialException {
    URI url = place.url();
    boolean isSecure = url.getScheme().equalsIgnoreCase("wss");
    int port = url.getPort() >= 0 ? url.getPort() : isSecure ? WSS_PORT : WS_PORT;
    Socket plain = reach(url.getHost(), port, alarm);
    Socket shown = isSecure ? tls.over(plain, bare(url.getHost())) : plain;
    SocketChannel channel = new SocketChannel(plain, shown, keepAlive);
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    int status =
        channel.upgrade(
            new WsHandshake(url, place.bearerToken(), Base64.getEncoder().encodeToString(key)));
    if (status != WsHandshake.SWITCHING_PROTOCOLS) {
      throw refused(status);
    }
    return channel;
  }

  /// Tries one address of the host after the other, each with its share of the time.
  private static Socket reach(String host, int port, Alarm alarm) throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (int i = 0; ; i++) {
      Socket socket = alarm.watch(new Socket());
      try {
        int left = addresses.length - i;
        socket.connect(new InetSocketAddress(addresses[i], port), alarm.leftMillis(left));
        return socket;
      } catch (IOException failure) {
        alarm.closeSocket();
        if (i == addresses.length - 1 || alarm.isOver || Thread.currentThread().isInterrupted()) {
          throw failure;
        }
      }
    }
  }

  /// Without the brackets around an IPv6 address.
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private DialException told(IOException failure, Alarm alarm) {
    String who = place.described();
    if (alarm.isOver || failure instanceof SocketTimeoutException) {
      return new DialException("cannot reach " + who + " within " + Words.of(alarm.limit), true);
    }
    if (failure instanceof ProtocolException) {
      return new DialException(
          who + " does not speak the exec-server protocol: " + failure.getMessage(), false);
    }
    return isUntrusted(failure)
        ? new DialException("cannot reach " + who + " safely: " + Words.of(failure), false)
        : new DialException("cannot reach " + who + ": " + Words.of(failure), true);
  }

  /// Whether waiting will not help; a handshake that was cut may succeed later.
  private static boolean isUntrusted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private DialException refused(int status) {
    String who = place.described();
    if (status == UNAUTHORIZED) {
      return new DialException(
          who
              + (place.bearerToken() == null
                  ? " wants a bearer token, and none is configured"
                  : " refused the bearer token"),
          false);
    }
    // Not quoted: it may hold a secret.
    String path = status == NOT_FOUND && hasPath() ? "; an exec-server has no path but /" : "";
    return new DialException(
        who + " answered the upgrade with HTTP status " + status + path, status >= UNAVAILABLE);
  }

  private boolean hasPath() {
    String path = place.url().getRawPath();
    return path != null && path.length() > 1;
  }

  /// As in the original: whoever has lost a connection wants it back at once.
  @Override
  public Duration pause(int attempts) {
    return PAUSE;
  }

  @Override
  public Thread.Builder threads() {
    return Thread.ofVirtual();
  }

  @Override
  public @Nullable Duration askAfter() {
    return null;
  }

  @Override
  public void close() {
    // The connections are closed by who uses them.
  }
}
