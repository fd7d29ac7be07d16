package dev.codexlsp.exec.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A proxy on the loopback address. Whatever host a tunnel is wanted to, it ends at one port of
/// this machine; a plain request is answered by the proxy itself. Ends with [#close].
public final class ConnectProxy implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final int MAX_HEAD = 16 * 1024;

  private final ServerSocket listener;
  private final int target;
  private final @Nullable String expected;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ConnectProxy(ServerSocket listener, int target, @Nullable String expected) {
    this.listener = listener;
    this.target = target;
    this.expected = expected;
  }

  /// A proxy that listens.
  ///
  /// @param target where tunnels end
  /// @param login `user:password`; null for a proxy that asks for none
  public static ConnectProxy to(int target, @Nullable String login) throws IOException {
    String expected =
        login == null
            ? null
            : "basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    ConnectProxy proxy =
        new ConnectProxy(
            new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), target, expected);
    Thread.ofVirtual().name("connect-proxy").start(proxy::accept);
    return proxy;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// The first lines of the requests that were let in.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The proxy has been closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      for (String head = head(client.getInputStream());
          !head.isEmpty();
          head = head(client.getInputStream())) {
        String line = head.lines().findFirst().orElse("");
        if (!isLetIn(head)) {
          answer(client, "407 Proxy Authentication Required", "Basic realm=\"ours\"");
        } else if (line.startsWith("CONNECT ")) {
          asked.add(line);
          tunnel(client);
          return;
        } else {
          asked.add(line);
          answer(client, "200 OK", "none");
        }
      }
    } catch (IOException gone) {
      // Whoever it was has gone.
    } finally {
      open.remove(client);
    }
  }

  private boolean isLetIn(String head) {
    return expected == null
        || head.lines()
            .anyMatch(line ->
                line.regionMatches(true, 0, "proxy-authorization: ", 0, 21)
                    && line.substring(21).equalsIgnoreCase(expected));
  }

  private static void answer(Socket client, String status, String authenticate) throws IOException {
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 "
                    + status
                    + "\r\nproxy-authenticate: "
                    + authenticate
                    + "\r\ncontent-length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private void tunnel(Socket client) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(server);
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Pipes.join(client, server);
      open.remove(server);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.size() > MAX_HEAD) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /// Two sockets that say to each other what they hear.
  static final class Pipes {
    private Pipes() {}

    /// Returns when one of them has ended; both are closed then.
    static void join(Socket one, Socket other) {
      Thread back = Thread.ofVirtual().start(() -> copy(other, one));
      copy(one, other);
      try {
        back.join();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }

    private static void copy(Socket from, Socket to) {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        in.transferTo(out);
      } catch (IOException ended) {
        // One side has ended, which ends both.
      }
    }
  }
}
