package dev.codexlsp.exec.server.ws;

import dev.codexlsp.exec.server.ExecServer;
import dev.codexlsp.exec.server.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/// Lets clients in over WebSockets. Any thread may call it.
public final class WsListener implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WsListener.class.getName());

  static final long FRAME_LIMIT = 16L * 1024 * 1024;

  /// Clients at once. Each costs some threads and up to two messages of memory.
  static final int CLIENT_LIMIT = 64;

  private final Server jetty;
  private final ServerConnector connector;
  private final String host;
  private final ExecServer server;
  private final Thread pinger;

  /// Who is connected, and the thread that serves him.
  private final Map<WsChannel, Thread> channels = new ConcurrentHashMap<>();

  private WsListener(String host, int port, Visitors visitors) {
    this.host = host;
    server = visitors.server();
    VirtualThreadPool threads = new VirtualThreadPool();
    threads.setName("exec-ws");
    jetty = new Server(threads);
    jetty.setStopTimeout(0);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    connector = new Door(jetty, http);
    connector.setHost(host);
    connector.setPort(port);
    jetty.addConnector(connector);
    WebSocketMappings mappings =
        new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(jetty));
    jetty.setHandler(
        new WsDoor(visitors.auth(), mappings, new WsDoor.Hall(this::isFull, this::channel)));
    pinger = Thread.ofVirtual().name("exec-ws-ping").unstarted(() -> ping(visitors.pingInterval()));
  }

  /// Sets up the sockets of clients.
  private static final class Door extends ServerConnector {
    private static final int IDLE_SECONDS = 5;
    private static final int INTERVAL_SECONDS = 2;
    private static final int PROBES = 3;

    Door(Server jetty, HttpConfiguration http) {
      super(jetty, 1, 1, new HttpConnectionFactory(http));
      // Answers and events are small; waiting for the client's acknowledgement costs 40 ms each.
      setAcceptedTcpNoDelay(true);
    }

    /// A machine that vanished says no word of it, and its session cannot be resumed before that is
    /// known.
    @Override
    protected void configure(Socket socket) {
      super.configure(socket);
      try {
        socket.setKeepAlive(true);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
      } catch (IOException | UnsupportedOperationException missing) {
        WsListener.LOG.log(Level.FINE, "the system has its own patience", missing);
      }
    }
  }

  /// Who may come, to whom, and how often he is asked whether he is still there.
  public record Visitors(WsAuth auth, ExecServer server, Duration pingInterval) {
    private static final Duration PING_INTERVAL = Duration.ofSeconds(30);

    public Visitors(WsAuth auth, ExecServer server) {
      this(auth, server, PING_INTERVAL);
    }
  }

  /// Begins to listen.
  ///
  /// @param host an IP address
  /// @param port 0 for any that is free
  /// @throws IOException when the address cannot be had, or must not be
  public static WsListener open(String host, int port, Visitors visitors) throws IOException {
    if (visitors.auth() instanceof WsAuth.None
        && !InetAddress.ofLiteral(host).isLoopbackAddress()) {
      throw new IOException(
          "not listening on "
              + host
              + ": an address that other machines can reach needs authentication");
    }
    WsListener listener = new WsListener(host, port, visitors);
    try {
      listener.jetty.start();
    } catch (Exception failure) {
      listener.close();
      throw new IOException(
          "cannot listen on " + uri(host, port) + ": " + reason(failure), failure);
    }
    listener.pinger.start();
    return listener;
  }

  /// What the system said is below what Jetty says of it.
  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }

  /// Where clients find it.
  public URI uri() {
    return uri(host, connector.getLocalPort());
  }

  private static URI uri(String host, int port) {
    return URI.create("ws://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  private boolean isFull() {
    return channels.size() >= CLIENT_LIMIT;
  }

  private WsChannel channel() {
    return new WsChannel(this::serve, this::release);
  }

  private void serve(WsChannel channel) {
    Peer peer = new Peer(Peer.Transport.WEBSOCKET, channel.peer());
    Thread thread =
        Thread.ofVirtual()
            .name("exec-ws-" + peer.address())
            .unstarted(() -> {
              try {
                server.serve(channel, peer);
              } finally {
                channels.remove(channel);
              }
            });
    channels.put(channel, thread);
    // Several may have come through the door together.
    if (channels.size() > CLIENT_LIMIT) {
      channel.close();
    }
    thread.start();
  }

  /// The thread may wait for something else than the connection, for room in a queue.
  private void release(WsChannel channel) {
    @Nullable Thread thread = channels.get(channel);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void ping(Duration interval) {
    try {
      while (true) {
        Thread.sleep(interval);
        channels.keySet().forEach(WsListener::ping);
      }
    } catch (InterruptedException _) {
      // The listener has been closed.
    }
  }

  /// One client's trouble must not end the questions to all others.
  private static void ping(WsChannel channel) {
    try {
      channel.ping();
    } catch (RuntimeException bug) {
      LOG.log(Level.WARNING, "a client cannot be asked", bug);
      channel.close();
    }
  }

  /// Lets nobody in any more and drops who is connected.
  @Override
  public void close() {
    pinger.interrupt();
    channels.keySet().forEach(WsChannel::close);
    try {
      jetty.stop();
    } catch (Exception failure) {
      LOG.log(Level.WARNING, "the listener was not closed properly", failure);
    }
  }
}
