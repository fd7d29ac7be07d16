package dev.codexlsp.core.model;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Reads a response as it arrives. Any byte, that of a comment included, counts as a sign of life.
///
/// Belongs to the thread that opened it, which is also the one that parses: nothing stands between
/// the network and its reader but one chunk.
final class EventStream implements ModelStream {
  static final int EVENT_LIMIT = 16 * 1024 * 1024;

  /// What may follow the last event before the connection is given up instead of kept: so many
  /// chunks, each after so much time.
  private static final int DRAIN_CHUNKS = 4;

  private static final Duration DRAIN_TIME = Duration.ofSeconds(1);

  private final ByteFeed feed;
  private final Duration idleTimeout;
  private final StreamFailures failures;
  private final EventDecoder events;
  private final SseParser parser = new SseParser(EVENT_LIMIT);
  private Iterator<ModelEvent> decoded = Collections.emptyIterator();
  private Iterator<ByteBuffer> buffers = Collections.emptyIterator();
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private boolean completed;

  EventStream(ByteFeed feed, Duration idleTimeout, StreamFailures failures, EventDecoder events) {
    this.feed = feed;
    this.idleTimeout = idleTimeout;
    this.failures = failures;
    this.events = events;
  }

  @Override
  public ModelEvent next() throws ModelException, InterruptedException {
    if (completed) {
      throw new IllegalStateException("the response is complete");
    }
    while (!decoded.hasNext()) {
      String data = nextData();
      decoded = (data == null ? events.atEnd() : events.decode(data)).iterator();
    }
    ModelEvent event = decoded.next();
    completed = event instanceof ModelEvent.Completed;
    return event;
  }

  @Override
  public void close() {
    if (completed) {
      Thread.ofVirtual().name("model-drain").start(this::drain);
    } else {
      feed.close();
    }
  }

  /// Null at the end of the body.
  private @Nullable String nextData() throws ModelException, InterruptedException {
    while (true) {
      String data = parsed();
      if (data != null) {
        return data;
      }
      if (!buffers.hasNext()) {
        Iterable<ByteBuffer> received = received();
        if (received == null) {
          return null;
        }
        buffers = received.iterator();
      }
      if (buffers.hasNext()) {
        buffer = buffers.next();
      }
    }
  }

  private @Nullable String parsed() throws ModelException {
    try {
      return parser.next(buffer);
    } catch (SseParser.TooLarge e) {
      throw failures.tooLarge(EVENT_LIMIT);
    }
  }

  private @Nullable Iterable<ByteBuffer> received() throws ModelException, InterruptedException {
    return switch (feed.next(idleTimeout)) {
      case ByteFeed.Signal.Bytes(var received) -> received;
      case ByteFeed.Signal.End() -> null;
      case ByteFeed.Signal.Broken(var cause) -> throw failures.cut(events.lastEvent(), cause);
      case null -> throw failures.silent(idleTimeout);
    };
  }

  /// Reads the end of the body, so that the next request finds the connection open and need not
  /// shake hands again. Runs on a thread of its own, because nobody should wait for it, and ends
  /// with the body, or by dropping the connection.
  private void drain() {
    try {
      for (int chunks = 0; chunks < DRAIN_CHUNKS; chunks++) {
        if (!(feed.next(DRAIN_TIME) instanceof ByteFeed.Signal.Bytes)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      feed.close();
    }
  }
}
