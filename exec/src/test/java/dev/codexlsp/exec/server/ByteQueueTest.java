package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
  private final ByteQueue queue = new ByteQueue();

  @Test
  void costsLittleMoreThanItHolds() {
    queue.add(ByteBuffer.allocate(10));
    assertThat(queue.capacity()).isEqualTo(64);
    queue.add(ByteBuffer.allocate(1_000_000));
    assertThat(queue.size()).isEqualTo(1_000_010);
    assertThat(queue.capacity()).isBetween(1_000_010L, 1_000_010L + 64 * 1024);
  }

  /// Whatever has gone through it, and in whatever lengths.
  @Test
  void needsNoMoreThanItHasHeldAtOnce() {
    queue.add(ByteBuffer.allocate(500_000));
    for (int i = 0; i < 10_000; i++) {
      int length = 1 + i * 37 % 90_000;
      queue.add(ByteBuffer.allocate(length));
      queue.drop(length);
    }
    assertThat(queue.size()).isEqualTo(500_000);
    assertThat(queue.capacity()).isLessThan(500_000 + 90_000 + 3 * 64 * 1024);
  }

  @Test
  void forgetsAll() {
    queue.add(ByteBuffer.allocate(100_000));
    queue.drop(70_000);
    queue.clear();
    assertThat(queue.size()).isZero();
    assertThat(queue.capacity()).isZero();
    queue.add(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(queue.copy(1, 2)).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
  }
}
