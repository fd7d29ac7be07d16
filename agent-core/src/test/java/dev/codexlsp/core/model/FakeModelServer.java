package dev.codexlsp.core.model;

import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A model behind a real HTTP server on the loopback address, which answers as a [ModelScript] says
/// and keeps every request it gets. A request that no scripted response is left for gets status
/// 400.
///
/// One virtual thread accepts, one per connection reads requests, one per request plays the answer;
/// all end with [#close]. Every method may be called by any thread. Waiting methods fail after
/// [#PATIENCE].
public final class FakeModelServer implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_CALLS = 10_000;
  private static final int MAX_BODY = 64 * 1024 * 1024;
  private static final int MAX_HEADER_LINE = 64 * 1024;

  private final ServerSocket listener;
  private final ReentrantLock lock = new ReentrantLock();

  /// Signalled with every change of what the lock guards, which is everything below.
  private final Condition changed = lock.newCondition();

  private final List<ModelScript.Response> script = new ArrayList<>();
  private final List<ModelCall> calls = new ArrayList<>();
  private final Set<Integer> droppedCalls = new HashSet<>();
  private final Set<String> waitedFor = new HashSet<>();
  private final Set<String> released = new HashSet<>();
  private final Set<Socket> connections = new HashSet<>();
  private int connectionCount;
  private boolean closed;

  private FakeModelServer(ServerSocket listener) {
    this.listener = listener;
  }

  public static FakeModelServer start() throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    FakeModelServer server = new FakeModelServer(listener);
    Thread.ofVirtual().name("fake-model-accept").start(server::accept);
    return server;
  }

  /// A server that is ready to follow the script.
  public static FakeModelServer playing(String script) throws IOException {
    FakeModelServer server = start();
    server.add(script);
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

  /// Waits until the client has dropped the connection of a request, counted from 0, in the middle
  /// of the answer.
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
    List<Socket> open;
    lock.lock();
    try {
      closed = true;
      open = List.copyOf(connections);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  void waitAtGate(String name) throws InterruptedException {
    change(() -> waitedFor.add(name));
    await(() -> released.contains(name), "the release of gate " + name);
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        lock.lock();
        try {
          if (closed) {
            socket.close();
            return;
          }
          connections.add(socket);
          int number = connectionCount++;
          Thread.ofVirtual().name("fake-model-" + number).start(() -> serve(socket, number));
        } finally {
          lock.unlock();
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  /// Reads requests until the client goes away. A client that goes away while an answer is being
  /// played has dropped it.
  private void serve(Socket socket, int connection) {
    Thread player = Thread.ofVirtual().unstarted(() -> {});
    int call = -1;
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        ModelCall request = read(in, connection);
        if (request == null) {
          break;
        }
        player.join();
        call = record(request);
        player = play(call, request, socket);
      }
    } catch (IOException e) {
      // The client is gone, or the server is being closed; both are told from below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean isDropped = player.isAlive();
    player.interrupt();
    int last = call;
    change(() -> {
      connections.remove(socket);
      if (isDropped) {
        droppedCalls.add(last);
      }
    });
  }

  private Thread play(int call, ModelCall request, Socket socket) {
    ModelScript.Response answer = take(request.body().toString());
    return Thread.ofVirtual()
        .name("fake-model-call-" + call)
        .start(() -> {
          try {
            new ScriptPlayer(call, this, new FakeResponse(socket)).play(answer.steps());
          } catch (IOException e) {
            // The client is gone, which the reader of this connection records.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException | AssertionError e) {
            // A mistake in the script must not look like a model that thinks for long.
            drop(socket);
            throw e;
          }
        });
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int record(ModelCall call) {
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

  private ModelScript.Response take(String requestBody) {
    lock.lock();
    try {
      for (ModelScript.Response response : script) {
        if (response.answers(requestBody)) {
          script.remove(response);
          return response;
        }
      }
      String exhausted = "response\nhttp {\"status\": 400, \"body\": \"the script is exhausted\"}";
      return ModelScript.parse(exhausted).getFirst();
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable ModelCall read(InputStream in, int connection) throws IOException {
    String requestLine = line(in);
    if (requestLine == null) {
      return null;
    }
    String[] words = requestLine.split(" ", 3);
    TreeMap<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > MAX_BODY) {
      throw new IOException("a request of " + length + " bytes");
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new ModelCall(
        words[0], words[1], headers, JsonParser.parseString(body).getAsJsonObject(), connection);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() > MAX_HEADER_LINE) {
        return null;
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
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
        if (left <= 0 || closed) {
          throw new AssertionError("waited in vain for " + what);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
