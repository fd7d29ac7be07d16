package dev.codexlsp.core.model;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Carries a response body from the HTTP client's threads to the one thread that reads it. One
/// chunk waits here at most: the next one is asked for when the reader takes it, so a slow reader
/// slows the server instead of filling memory.
final class ByteFeed implements HttpResponse.BodySubscriber<ByteFeed> {

  /// What the connection has to say.
  sealed interface Signal {

    record Bytes(List<ByteBuffer> buffers) implements Signal {}

    /// The body ended in order.
    record End() implements Signal {}

    /// The connection broke, or the server broke the rules of HTTP.
    record Broken(Throwable cause) implements Signal {}
  }

  /// One chunk that was asked for, and the end.
  private static final int CAPACITY = 2;

  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(CAPACITY);
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock, like [#closed]: the client may subscribe after the reader has closed.
  /// Null before that, and after the end.
  private Flow.@Nullable Subscription subscription;

  private boolean closed;

  /// Complete from the start: whoever asked gets the feed as soon as the headers are there.
  @Override
  public CompletionStage<ByteFeed> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  /// Waits for the next signal; null when none comes within the time given. Nothing follows
  /// [Signal.End] and [Signal.Broken].
  @Nullable Signal next(Duration timeout) throws InterruptedException {
    Signal signal = signals.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (signal instanceof Signal.Bytes) {
      request();
    }
    return signal;
  }

  /// Drops the connection, unless the whole body has arrived. May be called by any thread, more
  /// than once.
  void close() {
    Flow.Subscription cancelled;
    lock.lock();
    try {
      closed = true;
      cancelled = subscription;
    } finally {
      lock.unlock();
    }
    if (cancelled != null) {
      cancelled.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    boolean late;
    lock.lock();
    try {
      subscription = given;
      late = closed;
    } finally {
      lock.unlock();
    }
    if (late) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    signals.add(new Signal.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    end(new Signal.Broken(cause));
  }

  @Override
  public void onComplete() {
    end(new Signal.End());
  }

  private void end(Signal signal) {
    lock.lock();
    try {
      subscription = null;
    } finally {
      lock.unlock();
    }
    signals.add(signal);
  }

  private void request() {
    Flow.Subscription asked;
    lock.lock();
    try {
      asked = subscription;
    } finally {
      lock.unlock();
    }
    if (asked != null) {
      asked.request(1);
    }
  }
}
