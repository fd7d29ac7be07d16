package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class ByteFeedTest {
  private static final Duration NO_TIME = Duration.ZERO;
  private final List<ByteBuffer> chunk = List.of(ByteBuffer.allocate(1));
  private final Demand demand = new Demand();
  private final ByteFeed feed = new ByteFeed();

  /// Counts what is asked of it.
  private static final class Demand implements Flow.Subscription {
    private long requested;
    private int cancelled;

    @Override
    public void request(long n) {
      requested += n;
    }

    @Override
    public void cancel() {
      cancelled++;
    }
  }

  @Test
  void asksForTheNextChunkOnlyWhenOneIsTaken() throws Exception {
    feed.onSubscribe(demand);
    assertThat(demand.requested).isEqualTo(1);
    assertThat(feed.next(NO_TIME)).isNull();
    feed.onNext(chunk);
    assertThat(demand.requested).isEqualTo(1);
    assertThat(feed.next(NO_TIME)).isEqualTo(new ByteFeed.Signal.Bytes(chunk));
    assertThat(demand.requested).isEqualTo(2);
  }

  @Test
  void theEndFitsBehindAChunkThatNobodyHasTaken() throws Exception {
    IOException cause = new IOException("cut");
    feed.onSubscribe(demand);
    feed.onNext(chunk);
    feed.onError(cause);
    assertThat(feed.next(NO_TIME)).isEqualTo(new ByteFeed.Signal.Bytes(chunk));
    assertThat(feed.next(NO_TIME)).isEqualTo(new ByteFeed.Signal.Broken(cause));
    assertThat(feed.next(NO_TIME)).isNull();
    assertThat(demand.requested).isEqualTo(1);
  }

  @Test
  void closingCancels() {
    feed.onSubscribe(demand);
    feed.close();
    assertThat(demand.cancelled).isEqualTo(1);
  }

  @Test
  void closingAfterTheEndLeavesTheConnectionAlone() {
    feed.onSubscribe(demand);
    feed.onComplete();
    feed.close();
    assertThat(demand.cancelled).isZero();
  }

  @Test
  void closingBeforeTheBodyBeginsCancelsItsBeginning() {
    feed.close();
    feed.onSubscribe(demand);
    assertThat(demand.cancelled).isEqualTo(1);
    assertThat(demand.requested).isZero();
  }
}
