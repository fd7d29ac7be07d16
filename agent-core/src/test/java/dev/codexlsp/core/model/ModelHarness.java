package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codexlsp.exec.http.HttpClients;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A client that talks to a [FakeModelServer], and never really waits before it tries again.
final class ModelHarness implements AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClients http = new HttpClients(Map.of(), Duration.ofSeconds(10), executor);
  private final RetryDelay delays = new RetryDelay(() -> 0.5);
  private final AtomicInteger ids = new AtomicInteger();
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final FakeModelServer server;
  final HttpModelClient client = clientWith(pauses::add);

  ModelHarness(String script) throws IOException {
    server = FakeModelServer.playing(script);
  }

  private String nextId() {
    return "id-" + ids.incrementAndGet();
  }

  HttpModelClient clientWith(Pause pause) {
    return new HttpModelClient(http, delays, pause, Clock.systemUTC(), this::nextId);
  }

  ModelRequest request() {
    return ModelRequests.to(server.baseUrl());
  }

  ModelRequest request(int requestMaxRetries, Duration idleTimeout) {
    return ModelRequests.with(
        ModelRequests.provider(server.baseUrl(), requestMaxRetries, idleTimeout));
  }

  /// Reads a whole answer.
  List<ModelEvent> ask(ModelRequest request) throws ModelException, InterruptedException {
    List<ModelEvent> events = new ArrayList<>();
    try (ModelStream stream = client.open(request)) {
      ModelEvent event;
      do {
        event = stream.next();
        events.add(event);
      } while (!(event instanceof ModelEvent.Completed));
    }
    return events;
  }

  /// The failure that asking ends with, be it at once or in the middle of the answer.
  ModelException failure(ModelRequest request) {
    return catchThrowableOfType(ModelException.class, () -> ask(request));
  }

  /// Runs the work on a thread of its own, interrupts it when the condition for that has been
  /// awaited, and demands that it ends by the interrupt.
  static void interruptWhen(Awaiting condition, Callable<?> work) throws Exception {
    FutureTask<Throwable> ended =
        new FutureTask<>(() -> catchThrowableOfType(Throwable.class, work::call));
    Thread thread = Thread.ofVirtual().start(ended);
    condition.await();
    thread.interrupt();
    assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
  }

  @FunctionalInterface
  interface Awaiting {
    void await() throws InterruptedException;
  }

  @Override
  public void close() throws IOException {
    server.close();
    http.close();
    executor.shutdownNow();
  }
}
