package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.protocol.ProcessRead.Chunk;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetainedTailTest {
  private final RetainedTail tail = new RetainedTail();

  private void add(long sequence, int bytes) {
    tail.add(new Output(sequence, Stream.STDOUT, ByteBuffer.allocate(bytes)));
  }

  private List<Long> after(long sequence, @Nullable Long maxBytes) {
    return tail.after(sequence, maxBytes).stream().map(Chunk::seq).toList();
  }

  @Test
  void givesWholeChunksAndAtLeastOne() {
    add(1, 10);
    add(3, 10);
    add(4, 10);
    assertThat(after(0, null)).containsExactly(1L, 3L, 4L);
    assertThat(after(1, null)).containsExactly(3L, 4L);
    assertThat(after(2, null)).containsExactly(3L, 4L);
    assertThat(after(4, null)).isEmpty();
    assertThat(after(0, 0L)).containsExactly(1L);
    assertThat(after(0, 10L)).containsExactly(1L);
    assertThat(after(0, 19L)).containsExactly(1L);
    assertThat(after(0, 20L)).containsExactly(1L, 3L);
    assertThat(after(3, Long.MAX_VALUE)).containsExactly(4L);
  }

  @Test
  void dropsTheOldestBytesAndKeepsTheNumbers() {
    for (int sequence = 1; sequence <= 20; sequence++) {
      add(sequence, 100_000);
    }
    assertThat(after(0, null)).first().isEqualTo(11L);
    assertThat(tail.cost()).isBetween(1_000_000L, 1_010_000L);
    add(21, 2 * RetainedTail.BYTE_LIMIT);
    assertThat(after(0, null)).containsExactly(21L);
    add(22, 1);
    assertThat(after(0, null)).containsExactly(22L);
    tail.clear();
    assertThat(after(0, null)).isEmpty();
    assertThat(tail.cost()).isZero();
  }

  @Test
  void dropsTheOldestChunks() {
    for (int sequence = 1; sequence <= RetainedTail.CHUNK_LIMIT + 5; sequence++) {
      add(sequence, 1);
    }
    assertThat(after(0, null)).hasSize(RetainedTail.CHUNK_LIMIT).first().isEqualTo(6L);
    assertThat(tail.cost()).isGreaterThan(100L * RetainedTail.CHUNK_LIMIT);
  }
}
