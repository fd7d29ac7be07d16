package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/// Serves connections, wherever they come from, until it is closed.
///
/// Any thread may call it. It owns the backend, and one thread for what happens after a time.
public final class ExecServer implements AutoCloseable {
  private final ExecBackend backend;
  private final ProcessRegistry processes;
  private final HttpHandlers http;
  private final ScheduledThreadPoolExecutor timer;
  private final ExecConnection.Shop shop;
  private final Set<ExecConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// What the server knows of itself.
  ///
  /// @param version told to clients
  /// @param environment of this process
  public record Facts(String version, Map<String, String> environment) {
    public Facts {
      environment = Map.copyOf(environment);
    }
  }

  /// How long things last, and how many happen at once.
  ///
  /// @param concurrentRequests how many requests of a connection are handled at once; with more
  ///   than one, answers may overtake each other
  /// @param detachedTtl how long a session lives on without a connection
  /// @param closedRetention how long a closed process can still be read
  /// @param heldOutput how long output is told after the exit, while a background child holds it
  public record Limits(
      int concurrentRequests, Duration detachedTtl, Duration closedRetention, Duration heldOutput) {
    private static final Duration AS_THE_ORIGINAL = Duration.ofSeconds(80);
    private static final Duration HELD_OUTPUT = Duration.ofHours(1);

    public Limits {
      if (concurrentRequests < 1) {
        throw new IllegalArgumentException(
            "concurrentRequests must be positive: " + concurrentRequests);
      }
    }

    public static Limits withConcurrentRequests(int concurrentRequests) {
      return new Limits(concurrentRequests, AS_THE_ORIGINAL, AS_THE_ORIGINAL, HELD_OUTPUT);
    }
  }

  public ExecServer(ExecBackend backend, Facts facts, Limits limits, ExecObserver observer) {
    this.backend = backend;
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("exec-server-timer").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    processes = new ProcessRegistry(limits.closedRetention(), timer, observer);
    http = new HttpHandlers(facts.environment(), timer);
    Sessions sessions = new Sessions(processes, limits.detachedTtl(), timer);
    EnvironmentHandlers environment = new EnvironmentHandlers(backend, facts);
    ExecRoutes routes =
        new ExecRoutes(
            new ExecRoutes.Handlers(
                new SessionHandlers(sessions, environment),
                environment,
                new ProcessHandlers(backend, processes, facts.environment(), limits.heldOutput()),
                new FileHandlers(backend, facts.environment()),
                http));
    shop = new ExecConnection.Shop(routes, sessions, limits.concurrentRequests(), observer);
  }

  /// Serves one client, on the calling thread, until its connection ends, the thread is interrupted
  /// or the server is closed. Then the channel is closed.
  public void serve(ExecChannel channel, Peer peer) {
    ExecConnection connection = new ExecConnection(channel, peer, shop);
    connections.add(connection);
    try {
      if (closed) {
        connection.close();
      } else {
        connection.run();
      }
    } finally {
      connections.remove(connection);
    }
  }

  /// Kills all processes and ends all connections, within 1.5 s. The processes come first: nothing
  /// that is stuck elsewhere may keep them alive.
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    processes.close();
    backend.close();
    connections.forEach(ExecConnection::close);
    http.close();
  }
}
