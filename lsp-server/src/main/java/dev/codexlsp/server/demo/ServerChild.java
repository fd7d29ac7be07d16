package dev.codexlsp.server.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.Connection;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.jspecify.annotations.Nullable;

/// The server as a child process, and our end of its two pipes.
///
/// A daemon thread reads; whatever the server tells or asks goes through a bounded queue to the
/// demo's thread, which is the only one that calls in here. Any thread may close.
final class ServerChild implements AutoCloseable {
  private static final Duration ANSWER_BOUND = Duration.ofSeconds(20);
  private static final Duration EXIT_BOUND = Duration.ofSeconds(5);

  /// Less than the process itself has for its end.
  private static final Duration CLOSE_BOUND = Duration.ofMillis(1500);

  private static final int MAX_QUEUED = 10_000;

  private final Process process;
  private final BlockingQueue<Incoming> queue = new LinkedBlockingQueue<>(MAX_QUEUED);
  private final CompletableFuture<Connection> connection = new CompletableFuture<>();
  private final CompletableFuture<Incoming> ended = new CompletableFuture<>();

  /// What the server sends on its own account.
  sealed interface Incoming {
    record Told(String method, JsonObject params) implements Incoming {}

    record Asked(String method, JsonObject params, CompletableFuture<JsonElement> answer)
        implements Incoming {}

    /// The stream has ended; nothing more will come.
    record Ended() implements Incoming {}
  }

  /// How a server is started.
  ///
  /// @param environment what is different from our own; an empty value removes the variable
  record Start(List<String> command, Map<String, String> environment) {}

  private ServerChild(Process process) {
    this.process = process;
  }

  static ServerChild start(Start start) throws DemoException {
    ProcessBuilder builder =
        new ProcessBuilder(start.command()).redirectError(ProcessBuilder.Redirect.INHERIT);
    start
        .environment()
        .forEach((name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    try {
      ServerChild child = new ServerChild(builder.start());
      Thread.ofPlatform().daemon().name("server-reader").start(child::read);
      return child;
    } catch (IOException failure) {
      throw new DemoException("cannot start the server: " + failure.getMessage(), failure);
    }
  }

  long pid() {
    return process.pid();
  }

  /// Asks the server and waits for the answer.
  JsonElement request(String method, JsonElement params)
      throws DemoException, InterruptedException {
    try {
      CompletableFuture<JsonElement> answer = new CompletableFuture<>();
      connection()
          .client()
          .send(method, params)
          .onAnswer(answer::complete, answer::completeExceptionally);
      CompletableFuture.anyOf(answer, ended).get(ANSWER_BOUND.toMillis(), TimeUnit.MILLISECONDS);
      if (!answer.isDone()) {
        throw new DemoException("the server has ended");
      }
      return answer.get();
    } catch (TimeoutException late) {
      throw new DemoException(
          "the server did not answer %s within %d s".formatted(method, ANSWER_BOUND.toSeconds()));
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof ResponseErrorException refused) {
        throw new DemoException("the server refused " + method + ": " + refused.getMessage());
      }
      throw new DemoException("cannot ask the server for " + method + ": " + cause, failure);
    }
  }

  void notify(String method, JsonElement params) throws DemoException, InterruptedException {
    connection().client().notify(method, params);
  }

  /// The next thing that the server tells or asks.
  Incoming next(Duration patience) throws DemoException, InterruptedException {
    Incoming incoming = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (incoming == null) {
      throw new DemoException("the server said nothing for " + patience.toSeconds() + " s");
    }
    if (incoming instanceof Incoming.Ended) {
      throw new DemoException("the server has ended");
    }
    return incoming;
  }

  /// Waits for the end of the process after `exit`.
  int exitStatus() throws DemoException, InterruptedException {
    if (!process.waitFor(EXIT_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new DemoException("the server did not end within " + EXIT_BOUND.toSeconds() + " s");
    }
    return process.exitValue();
  }

  /// Ends the server, which ends everything that it has started; one that does not is killed.
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private Connection connection() throws DemoException, InterruptedException {
    try {
      return connection.get(ANSWER_BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException never) {
      throw new DemoException("cannot talk to the server", never);
    }
  }

  /// The connection belongs to the thread that makes it, so the reader makes it.
  private void read() {
    Connection ours =
        new Connection(
            new BufferedInputStream(process.getInputStream()),
            process.getOutputStream(),
            WireGson::write);
    ours.openRequests();
    connection.complete(ours);
    try {
      ours.listen(new Queued());
    } catch (JsonRpcException gone) {
      // Told by what follows.
    }
    ended.complete(new Incoming.Ended());
    put(new Incoming.Ended());
  }

  private void put(Incoming incoming) {
    try {
      queue.put(incoming);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Queued implements Endpoint {
    @Override
    public CompletableFuture<?> request(String method, @Nullable Object params) {
      CompletableFuture<JsonElement> answer = new CompletableFuture<>();
      put(new Incoming.Asked(method, object(params), answer));
      return answer;
    }

    @Override
    public void notify(String method, @Nullable Object params) {
      put(new Incoming.Told(method, object(params)));
    }

    private static JsonObject object(@Nullable Object params) {
      return params instanceof JsonObject object ? object : new JsonObject();
    }
  }

  static JsonElement none() {
    return JsonNull.INSTANCE;
  }
}
