package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
  private final Pieces pieces = new Pieces();
  private final ByteQueue queue = new ByteQueue(pieces);

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
  void givesItsPiecesToTheNext() {
    byte[] one = pieces.take();
    byte[] small = new byte[Pieces.BYTES - 1];
    pieces.giveBack(new ArrayDeque<>(List.of(small, one)));
    assertThat(pieces.take()).isSameAs(one);
    pieces.giveBack(new ArrayDeque<>(List.of(one)));
    queue.add(ByteBuffer.allocate(5 * Pieces.BYTES));
    assertThat(pieces.take()).isNotSameAs(one);
    queue.clear();
    Set<byte[]> again = Collections.newSetFromMap(new IdentityHashMap<>());
    again.addAll(Stream.generate(pieces::take).limit(4).toList());
    assertThat(again.contains(one)).isTrue();
  }

  @Test
  void doesNotKeepMoreUnusedThanItsLimit() {
    ArrayDeque<byte[]> many = new ArrayDeque<>();
    byte[] piece = new byte[Pieces.BYTES];
    for (int i = 0; i < Pieces.LIMIT + 10; i++) {
      many.add(piece);
    }
    pieces.giveBack(many);
    pieces.giveBack(many);
    for (int i = 0; i < Pieces.LIMIT; i++) {
      assertThat(pieces.take()).isSameAs(piece);
    }
    assertThat(pieces.take()).isNotSameAs(piece);
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
