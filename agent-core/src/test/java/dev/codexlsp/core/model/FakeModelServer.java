package dev.codexlsp.core.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// A model behind a real HTTP server on the loopback address, which answers as a [ModelScript] says
/// and keeps every request it gets. A request that no scripted response is left for gets status
/// 400.
///
/// One virtual thread accepts, one per connection reads requests, one per request plays the answer;
/// all end with [#close]. Every method may be called by any thread. Waiting methods fail when what
/// they wait for has not come after 20 s.
public final class FakeModelServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_CALLS = 10_000;
  private static final int BACKLOG = 50;

  private final ServerSocket listener;
  private final ReentrantLock lock = new ReentrantLock();

  /// Signalled with every change of what the lock guards, which is everything below.
  private final Condition changed = lock.newCondition();

  private final List<ModelScript.Response> script = new ArrayList<>();
  private final List<ModelCall> calls = new ArrayList<>();
  private final Set<Integer> droppedCalls = new HashSet<>();
  private final Set<String> waitedFor = new HashSet<>();
  private final Set<String> released = new HashSet<>();
  private final Set<FakeConnection> connections = new HashSet<>();
  private int connectionCount;
  private boolean closed;

  private FakeModelServer(ServerSocket listener) {
    this.listener = listener;
  }

  /// Starts a server that is ready to follow the script.
  public static FakeModelServer playing(String script) throws IOException {
    ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    FakeModelServer server = new FakeModelServer(listener);
    server.add(script);
    Thread.ofVirtual().name("fake-model-accept").start(server::accept);
    return server;
  }

  /// What a model provider is configured with.
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
  }

  /// Appends responses to the script.
  public void add(String text) {
    List<ModelScript.Response> responses = ModelScript.parse(text);
    change(() -> script.addAll(responses));
  }

  /// The requests so far, in the order of their arrival.
  public List<ModelCall> calls() {
    lock.lock();
    try {
      return List.copyOf(calls);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there have been so many requests, and returns the last of them.
  public ModelCall awaitCall(int count) throws InterruptedException {
    await(() -> calls.size() >= count, "request " + count);
    return calls().get(count - 1);
  }

  /// Waits until the client has gone away in the middle of the answer to a request, counted from 0.
  public void awaitDropped(int call) throws InterruptedException {
    await(() -> droppedCalls.contains(call), "the end of the connection of request " + call);
  }

  /// Waits until a response stands at the gate.
  public void awaitGate(String name) throws InterruptedException {
    await(() -> waitedFor.contains(name), "somebody at gate " + name);
  }

  /// Opens the gate, for those who wait there and for all who come.
  public void release(String gate) {
    change(() -> released.add(gate));
  }

  @Override
  public void close() throws IOException {
    List<FakeConnection> open = new ArrayList<>();
    change(() -> {
      closed = true;
      open.addAll(connections);
    });
    listener.close();
    open.forEach(FakeConnection::close);
  }

  void waitAtGate(String name) throws InterruptedException {
    change(() -> waitedFor.add(name));
    await(() -> released.contains(name), "the release of gate " + name);
  }

  /// Keeps a request, and returns its number.
  int record(ModelCall call) {
    lock.lock();
    try {
      if (calls.size() >= MAX_CALLS) {
        throw new IllegalStateException("more requests than a test can want");
      }
      calls.add(call);
      changed.signalAll();
      return calls.size() - 1;
    } finally {
      lock.unlock();
    }
  }

  void recordDrop(int call) {
    change(() -> droppedCalls.add(call));
  }

  void forget(FakeConnection connection) {
    change(() -> connections.remove(connection));
  }

  /// Takes the first response out of the script that answers the request.
  ModelScript.Response take(ModelCall call) {
    String body = call.body().toString();
    lock.lock();
    try {
      for (int i = 0; i < script.size(); i++) {
        if (script.get(i).answers(body)) {
          return script.remove(i);
        }
      }
    } finally {
      lock.unlock();
    }
    String exhausted = "response\nhttp {\"status\": 400, \"body\": \"the script is exhausted\"}";
    return ModelScript.parse(exhausted).getFirst();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        change(() -> connect(socket));
      }
    } catch (IOException e) {
      // The server has been closed.
    }
  }

  /// Called with the lock held.
  private void connect(Socket socket) {
    FakeConnection connection = new FakeConnection(this, socket, connectionCount++);
    if (closed) {
      connection.close();
    } else {
      connections.add(connection);
      Thread.ofVirtual().name("fake-model-connection").start(connection::serve);
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(BooleanSupplier condition, String what) throws InterruptedException {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!condition.getAsBoolean()) {
        if (closed) {
          throw new InterruptedException("the server was closed before " + what);
        }
        if (left <= 0) {
          throw new AssertionError("waited in vain for " + what);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
